import { assertEquals } from "../../../deps.ts";
import { namesakes } from "../../../../lib/imaging/data/layouts/namesakes.ts";

Deno.test("namesakes() finds names that differ in zeros or case alone", () => {
  const found = namesakes(["P1", "p01", "P1", "P10", "a2b", "A02B", "a20b"]);
  assertEquals(found.map((text) => /subjects (.*) differ/.exec(text)![1]), [
    "P1, p01",
    "a2b, A02B",
  ]);
});
