import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { datasetOrigin } from "../../../lib/workflows/artifact_files/origin.ts";
import { ArtifactRequestError } from "../../../lib/workflows/artifact_files/request_error.ts";
import { replayManifest } from "../../../lib/workflows/artifact_files/replay_manifest.ts";
import { writeSuite } from "../../../lib/workflows/artifact_files/write_suite.ts";
import { openDataset } from "../../../lib/imaging/data/cases/open_dataset.ts";
import { filesIn, inFolder, smallDataset } from "./small_dataset.ts";

for (const layout of ["nnunet", "decathlon", "bids"] as const) {
  Deno.test(`writeSuite() writes a list's sets in the layout ${layout}, and again from the manifest`, () =>
    inFolder(async (dir) => {
      const origin = datasetOrigin(await smallDataset(`${dir}/in`, "folder"), "folder");
      const asked = { origin, layout, suite: "rood-mri", severity: 2, clean: true } as const;
      const { manifest } = await writeSuite({ ...asked, output: `${dir}/out`, threads: 2 });
      assertEquals(manifest.layout, layout);
      assertEquals(manifest.volumes.length, 11 * 4);
      const source = await openDataset(origin.kind === "dataset" ? origin.path : "", "folder");
      for (const set of ["clean", "blur-2", "affine-2"]) {
        const made = await openDataset(`${dir}/out/${set}`, "auto");
        assertEquals(made.layout, layout);
        assertEquals(
          made.cases.map(({ subject, domain }) => `${subject.replace("sub-", "")} ${domain}`)
            .sort(),
          source.cases.map(({ subject, domain }) => `${subject} ${domain}`).sort(),
        );
        const [a, b] = [await made.cases[0]!.load(), await source.cases[0]!.load()];
        assertEquals(a.images[0].volume.affine, b.images[0].volume.affine);
        const equal = a.images[0].volume.data.every((v, o) => v === b.images[0].volume.data[o]);
        assertEquals(equal, set === "clean", set);
        assertEquals(a.label!.data.join() === b.label!.data.join(), set !== "affine-2", set);
      }
      const again = await replayManifest(`${dir}/out/manifest.json`, { output: `${dir}/again` });
      assertEquals(again.changed, []);
      const [want, got] = [await filesIn(`${dir}/out`), await filesIn(`${dir}/again`)];
      assertEquals([...got.keys()], [...want.keys()]);
      for (const [path, bytes] of want) {
        assert(bytes.every((byte, n) => byte === got.get(path)![n]), path);
      }
    }));
}

Deno.test("writeSuite() puts nnU-Net's sets into imagesTs and labelsTs, by nnU-Net's names", () =>
  inFolder(async (dir) => {
    const origin = datasetOrigin(await smallDataset(`${dir}/in`, "acdc"), "acdc");
    const asked = { origin, layout: "nnunet", suite: "physical", severity: 1 } as const;
    await writeSuite({ ...asked, output: `${dir}/out`, threads: 1 });
    const inside = [...(await filesIn(`${dir}/out/noise-1`)).keys()];
    assertEquals(inside.length, 9);
    assert(inside.includes("dataset.json"));
    assert(inside.includes("imagesTs/patient001_ED_0000.nii.gz"), inside.join());
    assert(inside.includes("labelsTs/patient001_ED.nii.gz"), inside.join());
  }));

Deno.test("writeSuite() draws the same with the clean set as without it", () =>
  inFolder(async (dir) => {
    const origin = datasetOrigin(await smallDataset(`${dir}/in`, "folder"), "folder");
    const asked = { origin, suite: "chen2021", repeats: 2, threads: 1 } as const;
    const plain = await writeSuite({ ...asked, output: `${dir}/plain` });
    const clean = await writeSuite({ ...asked, output: `${dir}/clean`, clean: true });
    const others = clean.manifest.volumes.filter(({ set }) => set !== "clean");
    assertEquals(others, plain.manifest.volumes);
    // one volume a case, however many of the others
    assertEquals(clean.manifest.volumes.length - others.length, 4);
  }));

Deno.test("writeSuite() refuses layouts whose labels are their own", () =>
  inFolder(async (dir) => {
    const origin = datasetOrigin(await smallDataset(`${dir}/in`, "folder"), "folder");
    await assertRejects(
      () => writeSuite({ origin, layout: "mnms", output: `${dir}/out` }),
      ArtifactRequestError,
      "wanted nnunet, decathlon, bids, folder",
    );
  }));
