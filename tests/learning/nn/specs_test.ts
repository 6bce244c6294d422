import { assertEquals } from "../../deps.ts";
import {
  batchNormSpecs,
  convolutionSpecs,
  doubleSpecs,
  downSpecs,
  upSpecs,
} from "../../../lib/learning/nn/specs.ts";

const shapes = (entries: ReturnType<typeof convolutionSpecs>) =>
  Object.fromEntries(entries.map(([name, { shape }]) => [name, shape]));

Deno.test("convolutionSpecs() has [out, in, ..], a transposed one [in, out, ..]", () => {
  assertEquals(shapes(convolutionSpecs("c", 2, 5, 3)), { "c.weight": [5, 2, 3, 3], "c.bias": [5] });
  assertEquals(shapes(convolutionSpecs("c", 2, 5, 2, true)), {
    "c.weight": [2, 5, 2, 2],
    "c.bias": [5],
  });
});

Deno.test("batchNormSpecs() tells what is learnt from what follows", () => {
  assertEquals(batchNormSpecs("n", 4).map(([name, { kind }]) => `${name} ${kind}`), [
    "n.weight weight",
    "n.bias weight",
    "n.running_mean buffer",
    "n.running_var buffer",
  ]);
});

Deno.test("the blocks' specs have the reference's names", () => {
  const names = (entries: ReturnType<typeof doubleSpecs>) =>
    entries.filter(([name]) => name.endsWith(".weight")).map(([name]) => name);
  assertEquals(names(doubleSpecs("d", 1, 2)), [
    "d.0.weight",
    "d.1.weight",
    "d.3.weight",
    "d.4.weight",
  ]);
  const inner = ["b.conv.0.weight", "b.conv.1.weight", "b.conv.3.weight", "b.conv.4.weight"];
  assertEquals(names(downSpecs("b", 1, 2)), ["b.down.weight", ...inner, "b.conv_input.weight"]);
  assertEquals(names(upSpecs("b", 1, 2, "nearest")), [...inner, "b.conv_input.weight"]);
  assertEquals(names(upSpecs("b", 3, 2, "transposed")), [
    "b.up.weight",
    ...inner,
    "b.conv_input.weight",
  ]);
  assertEquals(shapes(upSpecs("b", 3, 2, "transposed"))["b.up.weight"], [3, 3, 2, 2]);
});
