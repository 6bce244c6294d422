import { assertEquals, assertRejects, assertThrows } from "../../deps.ts";
import { resolveConfig } from "../../../lib/formats/files/resolve_config.ts";
import { prepareCase } from "../../../lib/imaging/data/preparation/prepare_case.ts";
import { CasePreparation } from "../../../lib/imaging/data/preparation/case_preparation.ts";
import { NiftiError } from "../../../lib/formats/nifti/nifti_error.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { openRunCases } from "../../../lib/imaging/data/cases/run_cases.ts";
import { runBatches } from "../../../lib/imaging/data/batches/run_batches.ts";
import { beginPreparation } from "../../../lib/workflows/runs/run_preparation.ts";
import { chooseData } from "../../../lib/workflows/runs/settle_data.ts";
import { inFolder, writeHeart } from "../../imaging/data/tiny_heart.ts";

const SMALL = ["data.size=16", "data.spacing=12", "training.batchSize=4"];

Deno.test("beginPreparation() gives the batches of cases that were all prepared before", async () => {
  const config = await resolveConfig({
    set: [...SMALL, "phantom.subjects=4", "phantom.otherSubjects=0"],
  });
  const rng = RandomStream.fromSeed(3);
  const cases = await openRunCases(config);
  const data = await chooseData(config, cases), { origin } = cases;
  const whole = await Promise.all(
    cases.train.map((source) => prepareCase(source, data.preparation)),
  );
  const expected = runBatches(whole, config, data, rng);
  using preparation = new CasePreparation({ preparation: data.preparation, origin });
  const notices: string[] = [];
  const { batches, firstReady, validation, validationReady } = await beginPreparation(
    ...[
      preparation,
      cases,
      config,
      data,
      { rng },
      (line: string) => void notices.push(line),
    ] as const,
  );
  assertEquals(batches.batchesPerEpoch, expected.batchesPerEpoch);
  await firstReady();
  const later = cases.validation[0]!.id;
  assertThrows(() => preparation.prepared(later), RangeError, "not prepared yet");
  for (const [epoch, index] of [[0, 0], [0, 1], [2, 3], [0, 2]] as const) {
    assertEquals(await batches.batchAt(epoch, index), expected.batchAt(epoch, index));
  }
  await validationReady();
  const validated = await Array.fromAsync(validation());
  assertEquals(validated.map(({ id }) => id), cases.validation.map(({ id }) => id));
  assertEquals(notices.length, 1);
  assertEquals(
    /^preparing [1-4] cases for the first step, and [2-5] while/.test(notices[0]!),
    true,
  );
});

Deno.test("beginPreparation() refuses a test subject whose file is cut short", () =>
  inFolder(async (dir) => {
    for (const code of ["X1", "X2", "X3"]) {
      for (const frame of ["ED", "ES"]) await writeHeart(`${dir}/${code}`, `${code}_sa_${frame}`);
    }
    const config = await resolveConfig({
      set: [...SMALL, `data.dir=${dir}`, "data.layout=mnms", "data.cache=none"],
    });
    const cases = await openRunCases(config);
    const [subject] = cases.division.test;
    const path = `${dir}/${subject}/${subject}_sa_ES.nii.gz`;
    await Deno.writeFile(path, (await Deno.readFile(path)).subarray(0, -9));
    const data = await chooseData(config, cases), { origin } = cases;
    using preparation = new CasePreparation({ preparation: data.preparation, origin });
    const start = { rng: RandomStream.fromSeed(0) };
    await assertRejects(
      () => beginPreparation(preparation, cases, config, data, start),
      NiftiError,
      path,
    );
  }));
