import { assert, assertEquals } from "../../../deps.ts";
import { findArtifact } from "../../../../lib/imaging/artifacts/registry.ts";
import { applySteps, sampleRecipe } from "../../../../lib/imaging/artifacts/compose.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { smallCase } from "../small_case.ts";

const motion = findArtifact("motion", "torchio");

Deno.test("torchio/motion of a lone slice takes the label along", () => {
  const { label, volume } = smallCase([48, 40, 1]);
  const image = { ...volume, data: Float32Array.from(label.data, (code) => code === 1 ? 1 : 0) };
  for (const seed of [1, 2, 3]) {
    const options = { degrees: 5, translation: 6, pivot: "image-centre" };
    const recipe = { artifact: "motion", mode: "torchio", options } as const;
    const steps = sampleRecipe(recipe, RandomStream.fromSeed(seed), volume);
    const made = applySteps(image, steps, { label });
    let [both, either, stayed] = [0, 0, 0];
    made.volume.data.forEach((value, o) => {
      const shown = value > 0.5, said = made.label!.data[o] === 1;
      if (shown && said) both++;
      if (shown || said) either++;
      if (shown && label.data[o] === 1) stayed++;
    });
    assert(both / either > 0.9, `seed ${seed}: ${both} of ${either} voxels agree`);
    assert(stayed < both, `seed ${seed}: the unmoved label would do as well`);
  }
});

Deno.test("torchio/motion leaves the label where the unmoved volume fills the central line", () => {
  const { label, volume } = smallCase([24, 20, 6]);
  const params = {
    degrees_xyz: [[0, 0, 0], [0, 0, 0]],
    translation_mm_lps: [[9, 0, 0], [0, 9, 0]],
    times: [0.3, 0.7],
  };
  assert(motion.applyToLabel(label, params) === label);
  // from line 3 of 6 on, which is the central one, all shows the second pose
  const early = { ...params, times: [0.3, 0.52] };
  assert(motion.applyToLabel(label, early) !== label);
  assertEquals(motion.apply(volume, early).data.length, volume.data.length);
});
