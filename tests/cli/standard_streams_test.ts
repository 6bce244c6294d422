import { assertEquals } from "../deps.ts";
import { printable } from "../../cli/standard_streams.ts";

Deno.test("printable() writes control characters out, and leaves lines, tabs and letters", () => {
  assertEquals(printable("a\u001b[31mb\u009b1m\r\u0007"), "a\\u001b[31mb\\u009b1m\\u000d\\u0007");
  assertEquals(printable("a\u202egpj.exe\u2069"), "a\\u202egpj.exe\\u2069");
  assertEquals(printable("ä\tb\n│ 心"), "ä\tb\n│ 心");
  // what is JSON stays JSON, of the same value
  const value = { name: "x\u009b\u007f" };
  assertEquals(JSON.parse(printable(JSON.stringify(value))), value);
});
