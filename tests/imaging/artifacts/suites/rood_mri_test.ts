import { assert, assertEquals } from "../../../deps.ts";
import { makeSuite } from "../../../../lib/imaging/artifacts/suites/make_suite.ts";
import { SUITES } from "../../../../lib/imaging/artifacts/suites/suite_definition.ts";
import { smallSources } from "./sources.ts";

const optionsOf = (name: string) =>
  SUITES["rood-mri"].sets([1, 2, 3, 4, 5]).filter((set) => set.name.startsWith(name))
    // deno-lint-ignore no-explicit-any
    .map(({ recipe }) => (recipe as any).options);

Deno.test("the suite rood-mri has the settings of the published code", () => {
  assertEquals(SUITES["rood-mri"].sets([1, 2, 3, 4, 5]).length, 50);
  const column = (name: string, key: string) => optionsOf(name).map((options) => options[key]);
  const fixed = (values: readonly number[]) => values.map((value) => [value, value]);
  assertEquals(column("affine", "degrees"), [6, 12, 18, 24, 30]);
  assertEquals(column("affine", "translation"), [8, 16, 24, 32, 40]);
  assertEquals(column("affine", "scales"), fixed([1, 1, 1, 1, 1]));
  assertEquals(column("downsampling", "downsampling"), fixed([2.8, 4.6, 6.4, 8.2, 10]));
  assertEquals(column("bias", "coefficients"), [0.3, 0.6, 0.9, 1.2, 1.5]);
  assertEquals(column("contrast-c", "gamma"), fixed([0.86, 0.72, 0.58, 0.44, 0.3]));
  assertEquals(column("contrast-e", "gamma"), fixed([1.4, 1.8, 2.2, 2.6, 3]));
  assertEquals(column("elastic", "max_displacement"), [6, 12, 18, 24, 30]);
  assertEquals(column("ghosting", "num_ghosts"), fixed([3, 5, 7, 9, 11]));
  assertEquals(column("ghosting", "intensity"), fixed([0.5, 1, 1.5, 2, 2.5]));
  assertEquals(column("motion", "degrees"), [1, 2, 3, 4, 5]);
  assertEquals(column("motion", "translation"), [2, 4, 6, 8, 10]);
  assertEquals(column("motion", "num_transforms"), [2, 4, 6, 8, 10]);
  assertEquals(column("noise", "std"), fixed([0.16, 0.32, 0.48, 0.64, 0.8]));
  assertEquals(column("blur", "std"), [0.8, 1.6, 2.4, 3.2, 4].map((mm) => Array(6).fill(mm)));
});

Deno.test("the suite rood-mri moves labels with the anatomy and leaves no negative voxel behind", async () => {
  const sources = smallSources().slice(0, 1);
  const made = await Array.fromAsync(
    makeSuite(SUITES["rood-mri"], sources, { seed: 1, severities: [2, 5] }),
  );
  assertEquals(made.length, 20);
  for (const { entry, volume } of made) {
    const name = entry.set.replace(/-\d$/, "");
    const moved = entry.output.label !== entry.input.label;
    // the test volume has too few slices for its label to show each loss of them, or none of a motion
    if (name !== "motion" && name !== "downsampling") {
      assertEquals(moved, ["affine", "elastic"].includes(name), entry.set);
    }
    if (["ghosting", "motion"].includes(name)) {
      assert(volume.data.every((value) => value >= 0), entry.set);
    }
  }
});

Deno.test("the severities of a transform of rood-mri share their draws", async () => {
  const sources = smallSources().slice(0, 1);
  const made = await Array.fromAsync(
    makeSuite(SUITES["rood-mri"], sources, { seed: 4, severities: [1, 3] }),
  );
  const turned = made.filter(({ entry }) => entry.set.startsWith("affine"))
    .map(({ entry }) => (entry.steps[0]!.params as { degrees: number[] }).degrees);
  assertEquals(turned.length, 2);
  turned[0]!.forEach((angle, n) => assert(Math.abs(3 * angle - turned[1]![n]!) < 1e-9));
});
