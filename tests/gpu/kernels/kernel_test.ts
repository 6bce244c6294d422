import { assertEquals } from "../../deps.ts";
import { EACH_ENTRY, wgslOf } from "../../../lib/gpu/kernels/kernel.ts";
import { backwardAxis, forwardAxis } from "../../../lib/gpu/kernels/axes.ts";
import { namedForm } from "../../../wasm/mod.ts";

Deno.test("wgslOf() binds inputs, outputs and sizes in order", () => {
  const text = wgslOf({
    ...{ name: "double", inputs: { x: "f32" }, outputs: { y: "f32" }, sizes: ["size"] },
    ...{ factors: ["factor"], threads: 64, body: `${EACH_ENTRY} y[index] = u.factor * x[index];` },
  });
  const bindings = [...text.matchAll(/@binding\((\d)\) var<([^>]+)> (\w+)/g)].map((found) =>
    found.slice(1).join(" ")
  );
  assertEquals(bindings, ["0 storage, read x", "1 storage, read_write y", "2 uniform u"]);
  const fields = [...text.matchAll(/^ {2}(\w+): (\w+),$/gm)].map((found) => found.slice(1).join());
  assertEquals(fields, ["size,u32", "factor,f32", "one,u32"]);
});

Deno.test("axes have a tap for each filter position, there and back", () => {
  const shapes = [["same", 3], ["same", 1], ["down", 3], ["up", 3], ["transposed", 2]] as const;
  for (const [form, size] of shapes) {
    const filter = [size, size, 1, 1] as const;
    const { outShape } = namedForm(form, [1, 4, 4, 1], [...filter]);
    const there = forwardAxis(form, size), back = backwardAxis(form, size);
    assertEquals([there.positions, back.positions], [size, size]);
    // A convolution reads as many entries as its gradient writes.
    const each = (axis: typeof there) => axis.taps / axis.phases;
    assertEquals(each(there) * outShape[1], each(back) * 4, form);
  }
});
