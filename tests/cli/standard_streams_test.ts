import { assertEquals, assertThrows } from "../deps.ts";
import { printable, writeAll } from "../../cli/standard_streams.ts";

Deno.test("printable() writes control characters out, and leaves lines, tabs and letters", () => {
  assertEquals(printable("a\u001b[31mb\u009b1m\r\u0007"), "a\\u001b[31mb\\u009b1m\\u000d\\u0007");
  assertEquals(printable("a\u202egpj.exe\u2069"), "a\\u202egpj.exe\\u2069");
  assertEquals(printable("ä\tb\n│ 心"), "ä\tb\n│ 心");
  // what is JSON stays JSON, of the same value
  const value = { name: "x\u009b\u007f" };
  assertEquals(JSON.parse(printable(JSON.stringify(value))), value);
});

Deno.test("writeAll() waits where a stream that does not block is full", () => {
  const written: number[] = [];
  let calls = 0;
  const stream = {
    writeSync(bytes: Uint8Array) {
      if (++calls % 3 === 1) throw new Deno.errors.WouldBlock("Resource temporarily unavailable");
      written.push(...bytes.subarray(0, 4));
      return Math.min(4, bytes.length);
    },
  };
  writeAll(stream, "ten letters");
  assertEquals(new TextDecoder().decode(Uint8Array.from(written)), "ten letters");
  assertThrows(() =>
    writeAll({
      writeSync: () => {
        throw new Deno.errors.BrokenPipe();
      },
    }, "x"), Deno.errors.BrokenPipe);
});
