import { assert, assertEquals } from "../../deps.ts";
import {
  changeLabelForm,
  type LabelMorphology,
  sampleLabelMorphology,
} from "../../../lib/learning/baselines/label_morphology.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";

/** Rows of digits to a map, and back. */
const read = (...rows: string[]) => ({
  labels: Uint8Array.from(rows.join(""), Number),
  width: rows[0]!.length,
  height: rows.length,
});
const change = (rows: string[], parameters: Partial<LabelMorphology>) => {
  const map = read(...rows);
  const { labels } = changeLabelForm(map, {
    operation: "erode",
    element: "square",
    radius: 0,
    which: 0,
    ...parameters,
  });
  return rows.map((_, y) => labels.slice(y * map.width, (y + 1) * map.width).join(""));
};

Deno.test("sampleLabelMorphology() draws every operation and element, by the seed", () => {
  const random = RandomStream.fromSeed(1);
  const drawn = Array.from({ length: 200 }, (_, n) => sampleLabelMorphology(random.stream(n)));
  assertEquals(new Set(drawn.map((one) => `${one.operation} ${one.element}`)).size, 12);
  assert(drawn.every(({ radius, which }) => radius * 192 >= 1 && radius * 192 < 6.5 && which < 1));
  assertEquals(sampleLabelMorphology(random.stream(9)), drawn[9]);
  assertEquals(JSON.parse(JSON.stringify(drawn[9])), drawn[9]);
});

Deno.test("changeLabelForm() erodes to background and leaves other classes", () => {
  const rows = ["2111100", "2111100", "2111100"];
  assertEquals(change(rows, {}), ["2000000", "2011000", "2000000"]);
  assertEquals(change(rows, { which: 0.6 }), ["0111100", "0111100", "0111100"]);
});

Deno.test("changeLabelForm() dilates over other classes by its element", () => {
  const rows = ["00000", "00000", "20100", "00000", "00000"];
  const dilated = (parameters: Partial<LabelMorphology>) =>
    change(rows, { operation: "dilate", ...parameters });
  assertEquals(dilated({}), ["00000", "01110", "21110", "01110", "00000"]);
  assertEquals(dilated({ element: "cross" }), ["00000", "00100", "21110", "00100", "00000"]);
  const wide = dilated({ element: "disc", radius: 0.4 });
  assertEquals(wide, ["01110", "11111", "11111", "11111", "01110"]);
});

Deno.test("changeLabelForm() opens thin bridges and closes small holes", () => {
  const bridge = ["00000000000", "01110001110", "01111111110", "01110001110", "00000000000"];
  const opened = ["00000000000", "01110001110", "01110001110", "01110001110", "00000000000"];
  assertEquals(change(bridge, { operation: "open" }), opened);
  const hole = ["0000000", "0111110", "0110110", "0111110", "0000000"];
  const closed = ["0000000", "0111110", "0111110", "0111110", "0000000"];
  assertEquals(change(hole, { operation: "close" }), closed);
});

Deno.test("changeLabelForm() leaves a map without foreground", () => {
  assertEquals(change(["000", "000"], { operation: "dilate" }), ["000", "000"]);
});
