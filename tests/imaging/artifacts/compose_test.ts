import { assert, assertEquals, assertThrows } from "../../deps.ts";
import {
  applySteps,
  applyToChannels,
  type Recipe,
  sampleRecipe,
} from "../../../lib/imaging/artifacts/compose.ts";
import { scalingAffine } from "../../../lib/base/volume/affine.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { smallCase } from "./small_case.ts";

const rng = (seed: number) => RandomStream.fromSeed(seed);

Deno.test("sampleRecipe() of a chain gives every step, and applySteps() applies them in order", () => {
  const { volume, context } = smallCase();
  const recipe: Recipe = {
    chain: [{ artifact: "bias", severity: 4 }, { artifact: "gibbs", options: { keep: 0.5 } }],
  };
  const steps = sampleRecipe(recipe, rng(1), volume);
  assertEquals(steps.map((step) => step.artifact), ["bias", "gibbs"]);
  const once = applySteps(volume, steps.slice(0, 1), context).volume;
  const both = applySteps(once, steps.slice(1), context).volume;
  assertEquals(applySteps(volume, steps, context).volume.data, both.data);
});

Deno.test("sampleRecipe() draws each part from its own stream", () => {
  const { volume } = smallCase();
  const noise: Recipe = { artifact: "noise", severity: 2 };
  const short = sampleRecipe({ chain: [noise] }, rng(3), volume);
  const long = sampleRecipe({ chain: [noise, { artifact: "bias" }] }, rng(3), volume);
  assertEquals(long[0], short[0]);
});

Deno.test("sampleRecipe() chooses one of several, and takes chances", () => {
  const { volume } = smallCase();
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 200; seed++) {
    const recipe: Recipe = {
      probability: 0.5,
      of: { oneOf: [{ artifact: "noise" }, { artifact: "blur", mode: "torchio" }] },
    };
    const name = sampleRecipe(recipe, rng(seed), volume)[0]?.artifact ?? "nothing";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  assert(counts.get("nothing")! > 70 && counts.get("nothing")! < 130, `${[...counts]}`);
  assert(counts.get("noise")! > 25 && counts.get("blur")! > 25, `${[...counts]}`);
});

Deno.test("applySteps() moves the label where the anatomy moves, and only there", () => {
  const { volume, label, context } = smallCase();
  const shift = {
    mode: "physical",
    artifact: "misregistration",
    params: { shiftsMm: [[3, 0, 0]] },
  } as const;
  const moved = applySteps(volume, [shift], context);
  assertEquals(moved.label!.data[24 * 9 + 14], label.data[24 * 9 + 12]);
  const noise = sampleRecipe({ artifact: "noise" }, rng(1), volume);
  assert(applySteps(volume, noise, context).label === label);
  assertEquals(applySteps(volume, []).label, undefined);
});

Deno.test("sampleRecipe() refuses unknown artifacts and probabilities", () => {
  const { volume } = smallCase();
  const run = (recipe: Recipe) => () => sampleRecipe(recipe, rng(1), volume);
  assertThrows(run({ artifact: "nois" }), RangeError, "did you mean noise");
  assertThrows(run({ probability: 2, of: { artifact: "noise" } }), RangeError, "probability is 2");
  assertThrows(run({ oneOf: [] }), RangeError, "range is 0 to -1");
});

Deno.test("applyToChannels() moves all channels and the label alike, and gives each its own noise", () => {
  const { volume, label, context: { labels, otherFrame } } = smallCase();
  const recipe: Recipe = {
    chain: [{ artifact: "misregistration", severity: 5 }, { artifact: "noise", severity: 3 }],
  };
  const lone = sampleRecipe(recipe, rng(4), volume),
    steps = sampleRecipe(recipe, rng(4), volume, 3);
  assertEquals(steps[0], lone[0]);
  const [{ channels, ...first }, noise] = [steps[1]!, lone[1]!];
  assertEquals(first, noise);
  assertEquals(channels!.length, 2);
  // the same slice in all channels: what moves is the same, what is noise is not
  const moved = applyToChannels([volume, volume, otherFrame], steps.slice(0, 1), { label, labels });
  assertEquals(moved.volumes[0]!.data, moved.volumes[1]!.data);
  assertEquals(moved.label, applySteps(volume, lone, { label, labels }).label);
  const made = applyToChannels([volume, volume, otherFrame], steps, { label, labels });
  assertEquals(made.volumes[0]!.data, applySteps(volume, lone).volume.data);
  assert(made.volumes[1]!.data.some((value, o) => value !== made.volumes[0]!.data[o]));
  const again = applyToChannels([volume, volume, otherFrame], JSON.parse(JSON.stringify(steps)));
  assertEquals(again.volumes.map(({ data }) => data), made.volumes.map(({ data }) => data));
});

Deno.test("applyToChannels() reads each channel's other frame, and refuses what does not fit", () => {
  const { volume, context: { otherFrame } } = smallCase();
  const steps = [{
    mode: "physical",
    artifact: "mistriggering",
    params: { phaseEncodeAxis: 1, mixes: [[1]] },
  }] as const;
  const { volumes } = applyToChannels([volume, otherFrame], steps, {
    otherFrames: [otherFrame, volume],
  });
  const near = (a: Float32Array, b: Float32Array) => a.every((v, o) => Math.abs(v - b[o]!) < 1e-5);
  assert(near(volumes[0]!.data, otherFrame.data) && near(volumes[1]!.data, volume.data));
  const lone = sampleRecipe({ artifact: "noise" }, rng(1), volume);
  assertThrows(() => applyToChannels([volume, volume], lone), RangeError, "channel 1, too");
  const other = smallCase([20, 24, 3]).volume;
  assertThrows(() => applyToChannels([volume, other], []), TypeError, "channel 1 has the shape");
});

Deno.test("applySteps() moves a label along the slices of its image, whose affine may differ a little", () => {
  const shape = [24, 20, 24] as const, { volume, label } = smallCase(shape);
  // nearly cubes: the axis of the largest spacing is another by each
  const image = { ...volume, affine: scalingAffine([1.011, 1, 1]) };
  const beside = { ...label, affine: scalingAffine([1.009, 1, 1]) };
  const steps = sampleRecipe({ artifact: "misregistration", severity: 5 }, rng(4), image);
  const { label: moved } = applySteps(image, steps, { label: beside });
  const same = applySteps(image, steps, { label: { ...label, affine: image.affine } });
  assertEquals(moved!.data, same.label!.data);
  assertEquals(moved!.affine, beside.affine);
});

Deno.test("applySteps() takes the other frame along where the anatomy moves", () => {
  const { volume, context } = smallCase();
  const recipe: Recipe = {
    chain: [{ artifact: "misregistration", severity: 5 }, { artifact: "mistriggering" }],
  };
  const steps = sampleRecipe(recipe, rng(4), volume);
  // the other frame is the volume itself: lines of it change nothing
  const { volume: made } = applySteps(volume, steps, { ...context, otherFrame: volume });
  const moved = applySteps(volume, steps.slice(0, 1), context).volume;
  const worst = made.data.reduce((w, value, o) => Math.max(w, Math.abs(value - moved.data[o]!)), 0);
  assert(worst < 1e-5, `differs by ${worst}`);
});
