import {
  codeWidth,
  decoderWidths,
  encoderWidths,
  levelsFor,
} from "../../../lib/learning/models/levels.ts";
import { assertEquals } from "../../deps.ts";

Deno.test("levelsFor() leaves twelve positions a side, or takes what is given", () => {
  const chosen = [[192, 192], [256, 192], [512, 512], [191, 400], [96, 96], [128, 112], [95, 95]]
    .map(([height, width]) => levelsFor("auto", { height: height!, width: width! }));
  assertEquals(chosen, [4, 4, 4, 3, 3, 3, 2]);
  assertEquals(levelsFor("auto", { height: 64, width: 48 }), 2);
  assertEquals(levelsFor("auto", { height: 16, width: 16 }), 2);
  assertEquals(levelsFor(1, { height: 512, width: 512 }), 1);
});

Deno.test("widths are those of the published networks at four levels", () => {
  assertEquals(encoderWidths(16, 4), [16, 32, 64, 128, 128]);
  assertEquals(decoderWidths(16, 4), [128, 64, 32, 16, 16]);
});

Deno.test("encoder and decoder meet in the code at any number of levels", () => {
  for (const [levels, code] of [[1, 6], [2, 12], [3, 24], [4, 24]] as const) {
    assertEquals(codeWidth(3, levels), code);
    assertEquals(encoderWidths(3, levels).at(-1), code);
    assertEquals(decoderWidths(3, levels)[0], code);
    assertEquals(decoderWidths(3, levels).at(-1), 3);
  }
});
