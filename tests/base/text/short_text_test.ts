import { assertEquals } from "../../deps.ts";
import { shortText } from "../../../lib/base/text/short_text.ts";

Deno.test("shortText() cuts a long text and says how long it is", () => {
  assertEquals(shortText("patient001"), "patient001");
  assertEquals(shortText("x".repeat(7), 5), "xxxxx… (7 characters)");
  assertEquals(shortText("x".repeat(1e6)).length < 500, true);
});
