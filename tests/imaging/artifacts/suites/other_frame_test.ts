import { assertEquals } from "../../../deps.ts";
import { otherFrameOf } from "../../../../lib/imaging/artifacts/suites/other_frame.ts";

const phase = (subject: string, code: string, frame: string) => ({
  id: `${code}_${frame}`,
  subject,
  frame,
});

Deno.test("otherFrameOf() stays with the repeat, and with the subject", () => {
  const cases = ["S_1", "S_2"].flatMap((code) => ["ED", "ES"].map((f) => phase("S", code, f)));
  assertEquals(otherFrameOf(cases[2]!, cases), cases[3]);
  assertEquals(otherFrameOf(cases[1]!, cases), cases[0]);
  assertEquals(otherFrameOf(phase("T", "T", "ED"), cases), undefined);
});
