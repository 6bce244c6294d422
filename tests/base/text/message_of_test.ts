import { assertEquals } from "../../deps.ts";
import { messageOf } from "../../../lib/base/text/message_of.ts";

Deno.test("messageOf() gives one line, of a text that is not too long", () => {
  assertEquals(messageOf(new Error(" a\n  b ")), "a b");
  assertEquals(messageOf("thrown"), "thrown");
  assertEquals(messageOf(new Error("x".repeat(1e6))).length < 2100, true);
});
