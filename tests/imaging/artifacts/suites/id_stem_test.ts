import { assertEquals } from "../../../deps.ts";
import { idStem } from "../../../../lib/imaging/artifacts/suites/id_stem.ts";

Deno.test("idStem() takes the frame from an id that ends with it", () => {
  assertEquals(idStem({ id: "S_1_ED", frame: "ED" }), "S_1");
  assertEquals(idStem({ id: "S", frame: "1" }), "S");
  assertEquals(idStem({ id: "S_1", subject: "S_1", frame: "1" }), "S_1", "a number, not a frame");
});
