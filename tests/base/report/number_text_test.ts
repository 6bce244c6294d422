import {
  decimalText,
  differenceText,
  intervalText,
  pEquals,
  pValueText,
  scoreText,
} from "../../../lib/base/report/number_text.ts";
import { assertEquals } from "../../deps.ts";

Deno.test("scoreText() has three digits, a true minus, no minus zero, and a dash for nothing", () => {
  assertEquals(
    [0.8534, -0.0123, -0.0001, null, undefined, NaN].map((value) => scoreText(value)),
    ["0.853", "\u22120.012", "0.000", "–", "–", "–"],
  );
});

Deno.test("differenceText() has a sign unless it is printed as 0", () => {
  assertEquals([0.02, -0.02, 0.0004].map(differenceText), ["+0.020", "\u22120.020", "0.000"]);
});

Deno.test("intervalText(), pValueText() and pEquals() write intervals and p-values", () => {
  assertEquals(intervalText(0.1, 0.25), "[0.100, 0.250]");
  assertEquals(intervalText(null, 0.25), "");
  assertEquals([0.0341, 0.0009, 1].map(pValueText), ["0.034", "< 0.001", "1.000"]);
  assertEquals([0.0341, 0.0009].map(pEquals), ["p = 0.034", "p < 0.001"]);
});

Deno.test("decimalText() has one decimal at most", () => {
  assertEquals([1.54, 2, 0.04, 12.96].map(decimalText), ["1.5", "2", "0", "13"]);
});
