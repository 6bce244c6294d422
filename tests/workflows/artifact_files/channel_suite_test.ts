/** Suites of images with several channels. */
import { assert, assertEquals, assertRejects } from "../../deps.ts";
import type { LayoutName } from "../../../lib/names.ts";
import { encodeNiftiFrames } from "../../../lib/formats/nifti/encode_nifti_frames.ts";
import { imageOf } from "../../../lib/formats/nifti/nifti_image.ts";
import { writeNifti } from "../../../lib/formats/nifti/write_nifti.ts";
import { SuiteManifestError } from "../../../lib/imaging/artifacts/suites/manifest.ts";
import { openDataset } from "../../../lib/imaging/data/cases/open_dataset.ts";
import { artifactSets } from "../../../lib/learning/evaluation/artifact_sets.ts";
import { datasetOrigin } from "../../../lib/workflows/artifact_files/origin.ts";
import { replayManifest } from "../../../lib/workflows/artifact_files/replay_manifest.ts";
import { writeSuite } from "../../../lib/workflows/artifact_files/write_suite.ts";
import { smallCase } from "../../imaging/artifacts/small_case.ts";
import { filesIn, inFolder } from "./small_dataset.ts";

/** Two subjects with two contrasts each, in a file each or in one. */
async function twoContrasts(dir: string, layout: LayoutName): Promise<string> {
  await Deno.mkdir(`${dir}/imagesTr`, { recursive: true });
  for (const n of [1, 2]) {
    const { volume, label, context } = smallCase([24, 19 + n, 2]);
    const images = [volume, context.otherFrame].map((one) => imageOf(one, "small")) as [
      ReturnType<typeof imageOf>,
      ReturnType<typeof imageOf>,
    ];
    if (layout === "folder") {
      await writeNifti(`${dir}/S${n}_a.nii.gz`, images[0]);
      await writeNifti(`${dir}/S${n}_b.nii.gz`, images[1]);
    } else await Deno.writeFile(`${dir}/imagesTr/S${n}.nii`, encodeNiftiFrames(images));
    await writeNifti(`${dir}/S${n}_label.nii.gz`, imageOf(label, "small"));
  }
  const labels = { 0: "background", 1: "cavity", 2: "wall", 3: "vessel" };
  if (layout === "folder") {
    const rows = [1, 2].map((n) => `S${n}_a.nii.gz,S${n}_b.nii.gz,S${n}_label.nii.gz,S${n}`);
    await Deno.writeTextFile(
      `${dir}/cases.csv`,
      ["image_T1,image_T2,label,subject", ...rows].join("\n"),
    );
  } else {
    const training = [1, 2].map((n) => ({
      image: `imagesTr/S${n}.nii`,
      label: `S${n}_label.nii.gz`,
    }));
    const list = { modality: { 0: "T1", 1: "T2" }, labels, training };
    await Deno.writeTextFile(`${dir}/dataset.json`, JSON.stringify(list));
  }
  return dir;
}

for (const layout of ["folder", "decathlon"] as const) {
  Deno.test(`writeSuite() writes and records every channel in the layout ${layout}`, () =>
    inFolder(async (dir) => {
      const origin = datasetOrigin(await twoContrasts(`${dir}/in`, layout), layout);
      const output = `${dir}/out`;
      const { manifest } = await writeSuite({ origin, output, repeats: 1, threads: 1 });
      assertEquals(manifest.volumes.map(({ channel }) => channel).slice(0, 4), [
        ...[undefined, 1, undefined, 1],
      ]);
      assertEquals(manifest.volumes.length, 2 * 4 * 2);
      const clean = await openDataset(`${dir}/in`, layout);
      const inMemory = artifactSets(clean.cases, clean.task.labels);
      for (const set of ["RandBias", "RandSpike", "RandGhost", "RandMotion"]) {
        const made = await openDataset(`${output}/${set}`, layout);
        assertEquals(made.task.channels, [{ name: "T1" }, { name: "T2" }]);
        for (const [n, source] of made.cases.entries()) {
          const [got, want] = [await source.load(), await inMemory.get(set)![n]!.load()];
          assertEquals(got.images.length, 2);
          assertEquals(got.label, want.label!);
          for (const channel of [0, 1]) {
            assertEquals(got.images[channel]!.volume.data, want.images[channel]!.volume.data);
          }
          assert(got.images[0].volume.data.some((v, o) => v !== got.images[1]!.volume.data[o]));
        }
      }
      for (const { files } of manifest.volumes) {
        assert((await Deno.stat(`${output}/${files!.image}`)).isFile);
      }
      const again = await replayManifest(`${output}/manifest.json`, {
        ...{ output: `${dir}/again`, threads: 2 },
      });
      assertEquals(again.changed, []);
      assertEquals(await filesIn(`${dir}/again`), await filesIn(output));
    }));
}

Deno.test("replayManifest() refuses a manifest that lacks a channel", () =>
  inFolder(async (dir) => {
    const origin = datasetOrigin(await twoContrasts(`${dir}/in`, "folder"), "folder");
    await writeSuite({ origin, output: `${dir}/out`, repeats: 1, threads: 1 });
    const path = `${dir}/out/manifest.json`;
    const manifest = JSON.parse(await Deno.readTextFile(path));
    for (const [lacking, left] of [[1, 0], [0, 1]] as const) {
      const volumes = manifest.volumes.toSpliced(lacking, 1);
      await Deno.writeTextFile(path, JSON.stringify({ ...manifest, volumes }));
      await assertRejects(
        () => replayManifest(path, { threads: 1 }),
        SuiteManifestError,
        `its records are of channels ${left}, wanted 0 to 1`,
      );
    }
  }));
