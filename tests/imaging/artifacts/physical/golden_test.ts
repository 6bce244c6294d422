import type { ArtifactMode } from "../../../../lib/names.ts";
import { findArtifact } from "../../../../lib/imaging/artifacts/registry.ts";
import { assertGolden, goldenCase, goldenInput } from "../golden.ts";

/** The golden cases of our own models, their formulas written as parameters. */
const cases: readonly [id: string, mode: ArtifactMode, name: string, params: unknown][] = [
  ["beyond_line_translation", "physical", "motion", {
    phaseEncodeAxis: 1,
    demean: false,
    trajectories: [Array.from({ length: 40 }, (_, l) => {
      const moved = l >= 22 ? 1 : 0;
      return [1.5 * (1.3 * moved + 0.4 * Math.sin(2 * Math.PI * l / 40)), 1.5 * -0.9 * moved, 0];
    })],
  }],
  ["beyond_periodic_ghost", "physical", "ghosting", {
    phaseEncodeAxis: 1,
    amplitude: 0.3,
    cyclesPerLine: 0.125,
    phase: 0.7,
  }],
  ["beyond_slice_spike", "physical", "spike", {
    spikes: [{ slice: 2, offset: [30 - 24, 9 - 20], ratio: 0.6, phase: 1.1 }],
  }],
  ["beyond_undersample", "physical", "undersampling", {
    phaseEncodeAxis: 1,
    lines: [...Array(40).keys()].filter((l) => l % 3 === 0 || (l >= 16 && l < 24)),
  }],
  ["beyond_monai_gibbs", "monai", "gibbs", { alpha: 0.75 }],
  ["beyond_monai_spike", "monai", "spike", { loc: [14, 24, 3], log_intensity: 7.5 }],
];

for (const [id, mode, name, params] of cases) {
  Deno.test(`${mode}/${name} reproduces ${id}`, () => {
    const golden = goldenCase(id);
    assertGolden(golden, findArtifact(name, mode).apply(goldenInput(golden.input), params));
  });
}
