import { square } from "../../../../lib/base/volume/slice_size.ts";
import { assertEquals, assertRejects, assertThrows } from "../../../deps.ts";
import { openOrigin } from "../../../../lib/imaging/data/cases/open_cases.ts";
import {
  preparationSchema,
  prepareCase,
  type PreparedCase,
} from "../../../../lib/imaging/data/preparation/prepare_case.ts";
import { CasePreparation } from "../../../../lib/imaging/data/preparation/case_preparation.ts";
import { slicedCase } from "../../../../lib/imaging/data/preparation/sliced_case.ts";
import { NiftiError } from "../../../../lib/formats/nifti/nifti_error.ts";
import { inFolder, writeHeart } from "../tiny_heart.ts";

const options = { ...preparationSchema.parse({}), size: square(16), spacing: 12 };

/** A prepared case with its way back tried out, for comparison. */
function tried({ restore, ...voxels }: PreparedCase) {
  return { ...voxels, restored: restore(voxels.labels!) };
}

Deno.test("CasePreparation prepares cases as prepareCase() does, whoever of the threads", async () => {
  const origin = { kind: "phantom", sites: ["A", "C"], subjects: 1, seed: 2 } as const;
  const { cases } = await openOrigin(origin);
  const expected = await Promise.all(cases.map((source) => prepareCase(source, options)));
  using preparation = new CasePreparation({ preparation: options, origin });
  const pending = preparation.pending("A000_ED", 9);
  assertThrows(() => pending.prepared(), RangeError, "A000_ED: it is not prepared yet");
  preparation.begin(cases.slice(0, 1));
  // Time for the worker, so that both threads have made some by the end.
  await new Promise((resolve) => setTimeout(resolve, 500));
  preparation.begin(cases.slice(1));
  await preparation.ready(cases.map(({ id }) => id));
  const made = cases.map(({ id }) => preparation.prepared(id));
  assertEquals(made.map(tried), expected.map(tried));
  const { slice, ...rest } = pending.prepared(), whole = slicedCase(made[0]!);
  const { slice: _, ...expectedRest } = whole;
  assertEquals(rest, expectedRest);
  for (let n = 0; n < whole.slices; n++) assertEquals(slice(n), whole.slice(n));
});

Deno.test("CasePreparation tells what is wrong with a file as soon as the worker has met it", () =>
  inFolder(async (dir) => {
    for (const frame of ["ED", "ES"]) await writeHeart(`${dir}/X1`, `X1_sa_${frame}`);
    const path = `${dir}/X1/X1_sa_ED_gt.nii.gz`;
    await Deno.writeFile(path, (await Deno.readFile(path)).subarray(0, -20));
    const origin = { kind: "dataset", dir, layout: "mnms" } as const;
    using preparation = new CasePreparation({ preparation: options, origin });
    const [ed, es] = (await openOrigin(origin)).cases;
    preparation.begin([ed!, es!]);
    await assertRejects(
      async () => {
        // Waits for the other case only, at last until the worker has come to the damaged one.
        for (let n = 0; n < 200; n++) {
          await preparation.ready([es!.id]);
          await new Promise((resolve) => setTimeout(resolve, 25));
        }
      },
      NiftiError,
      path,
    );
  }));
