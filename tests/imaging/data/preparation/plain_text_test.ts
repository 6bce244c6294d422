import { assertEquals, assertThrows } from "../../../deps.ts";
import { parsePlainText, plainText } from "../../../../lib/imaging/data/preparation/plain_text.ts";

Deno.test("plainText() gives back every number and bytes", () => {
  const value = {
    numbers: [0, -0, NaN, Infinity, -Infinity, 0.1, 5e-324, 1.36719],
    bytes: Uint8Array.of(0, 255, 7),
    inner: { none: null, text: "NaN", empty: new Uint8Array(0) },
  };
  const again = parsePlainText(plainText(value)) as typeof value;
  assertEquals(again, value);
  assertEquals(again.numbers.map((n) => Object.is(n, -0)).indexOf(true), 1);
  assertThrows(() => parsePlainText("{"), SyntaxError);
});
