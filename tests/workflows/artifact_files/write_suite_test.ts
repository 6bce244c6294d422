import { gunzipSync, gzipSync } from "node:zlib";
import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { SuiteManifestError } from "../../../lib/imaging/artifacts/suites/manifest.ts";
import { datasetOrigin } from "../../../lib/workflows/artifact_files/origin.ts";
import { ArtifactRequestError } from "../../../lib/workflows/artifact_files/request_error.ts";
import { replayManifest } from "../../../lib/workflows/artifact_files/replay_manifest.ts";
import { writeSuite } from "../../../lib/workflows/artifact_files/write_suite.ts";
import { DatasetError } from "../../../lib/imaging/data/cases/dataset_error.ts";
import { openDataset } from "../../../lib/imaging/data/cases/open_dataset.ts";
import { imageOf } from "../../../lib/formats/nifti/nifti_image.ts";
import { readNifti } from "../../../lib/formats/nifti/read_nifti.ts";
import { writeNifti } from "../../../lib/formats/nifti/write_nifti.ts";
import { filesIn, inFolder, smallDataset } from "./small_dataset.ts";

const names = (dir: string) => [...Deno.readDirSync(dir)].map(({ name }) => name).sort();

for (const layout of ["acdc", "mnms", "folder"] as const) {
  Deno.test(`writeSuite() writes sets that are data sets in the layout ${layout}`, () =>
    inFolder(async (dir) => {
      const input = await smallDataset(`${dir}/in`, layout);
      const origin = datasetOrigin(input, layout);
      const output = `${dir}/out`;
      const { manifest } = await writeSuite({ origin, output, repeats: 1, threads: 1 });
      assertEquals(manifest.volumes.length, 4 * 4);
      const clean = await openDataset(input, layout);
      for (const set of ["RandBias", "RandSpike", "RandGhost", "RandMotion"]) {
        const made = await openDataset(`${output}/${set}`, layout);
        assertEquals(made.cases.map(({ id }) => id), clean.cases.map(({ id }) => id));
        assertEquals(made.cases.map((c) => c.domain), clean.cases.map((c) => c.domain));
        const [a, b] = [await made.cases[0]!.load(), await clean.cases[0]!.load()];
        assertEquals(a.label, b.label!);
        assertEquals(a.images[0].header.datatype, "float32");
        assertEquals(a.images[0].volume.affine, b.images[0].volume.affine);
        assert(a.images[0].volume.data.some((value, o) => value !== b.images[0].volume.data[o]));
      }
      const { image } = manifest.volumes[0]!.files!;
      assert((await Deno.stat(`${output}/${image}`)).isFile);
    }));
}

for (const layout of ["acdc", "mnms", "folder"] as const) {
  Deno.test(`writeSuite() keeps the repeats of a subject together in the layout ${layout}`, () =>
    inFolder(async (dir) => {
      const origin = datasetOrigin(await smallDataset(`${dir}/in`, layout), layout);
      await writeSuite({ origin, output: `${dir}/out`, repeats: 2, threads: 1 });
      const { cases } = await openDataset(`${dir}/out/RandBias`, layout);
      const [one, two] = layout === "acdc" ? ["patient001", "patient002"] : ["S1", "S2"];
      assertEquals([...new Set(cases.map(({ subject }) => subject))], [one, two]);
      assertEquals(
        cases.map(({ id }) => id).sort(),
        [one, two].flatMap((s) => [1, 2].flatMap((r) => [`${s}_${r}_ED`, `${s}_${r}_ES`])),
      );
      if (layout !== "mnms") return;
      assertEquals([...new Set(cases.map(({ domain }) => domain))], ["vendor A", "vendor B"]);
    }));
}

Deno.test("writeSuite() and replayManifest() give the same bytes on one and two threads", () =>
  inFolder(async (dir) => {
    const origin = datasetOrigin(await smallDataset(`${dir}/in`, "acdc"), "acdc");
    const output = `${dir}/one`;
    await writeSuite({ origin, output, suite: "physical", severity: 4, threads: 1, seed: 5 });
    const two = { origin, output: `${dir}/two`, suite: "physical", severity: 4, seed: 5 } as const;
    await writeSuite({ ...two, threads: 2 });
    const again = await replayManifest(`${dir}/one/manifest.json`, {
      output: `${dir}/again`,
      threads: 2,
    });
    assertEquals(again.changed, []);
    const want = await filesIn(output);
    assert(want.size > 16 * 2 * 4);
    for (const other of ["two", "again"]) {
      const got = await filesIn(`${dir}/${other}`);
      assertEquals([...got.keys()], [...want.keys()]);
      for (const [path, bytes] of want) {
        assert(bytes.every((byte, n) => byte === got.get(path)![n]), `${other}: ${path}`);
      }
    }
  }));

Deno.test("replayManifest() with an edited parameter changes that volume alone", () =>
  inFolder(async (dir) => {
    const origin = datasetOrigin(await smallDataset(`${dir}/in`, "mnms"), "mnms");
    const path = `${dir}/out/manifest.json`;
    await writeSuite({ origin, output: `${dir}/out`, repeats: 1, threads: 1 });
    const manifest = JSON.parse(await Deno.readTextFile(path));
    const edited = manifest.volumes.find(({ set }: { set: string }) => set === "RandSpike");
    edited.steps[0].params.intensity += 0.5;
    await Deno.writeTextFile(path, JSON.stringify(manifest));
    const { changed } = await replayManifest(path, { threads: 1 });
    assertEquals(changed.map(({ set, case: id }) => [set, id]), [["RandSpike", edited.case]]);
    // A parameter that cannot be is the file's fault.
    edited.steps[0].params.intensity = "x";
    await Deno.writeTextFile(path, JSON.stringify(manifest));
    for (const threads of [1, 2]) {
      await assertRejects(
        () => replayManifest(path, { threads }),
        SuiteManifestError,
        `Cannot replay ${path}: `,
      );
    }
  }));

Deno.test("replayManifest() finds a data set that was moved, and refuses one that has changed", () =>
  inFolder(async (dir) => {
    const origin = datasetOrigin(await smallDataset(`${dir}/in`, "mnms"), "mnms");
    const path = `${dir}/out/manifest.json`;
    await writeSuite({ origin, output: `${dir}/out`, repeats: 1, threads: 1 });
    await Deno.rename(`${dir}/in`, `${dir}/moved`);
    await assertRejects(() => replayManifest(path, { threads: 1 }), DatasetError, `${dir}/in`);
    const moved = { input: `${dir}/moved`, threads: 1 };
    assertEquals((await replayManifest(path, moved)).changed, []);
    // what is made from the moved one says where that is
    await replayManifest(path, { ...moved, output: `${dir}/second` });
    const second = await replayManifest(`${dir}/second/manifest.json`, { threads: 1 });
    assertEquals(second.changed, []);
    await Deno.remove(`${dir}/second`, { recursive: true });
    const file = `${dir}/moved/S1/S1_sa_ES.nii.gz`;
    const { volume } = await readNifti(file);
    await writeNifti(
      file,
      imageOf({ ...volume, data: volume.data.map((v) => v + 1) as Int16Array }),
    );
    const output = `${dir}/again`;
    const replay = () => replayManifest(path, { ...moved, output });
    await assertRejects(replay, SuiteManifestError, "its image has changed");
    assertEquals(names(dir), ["moved", "out"]);
    await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace('"mnms"', '"dicom"'));
    await assertRejects(replay, SuiteManifestError, 'no layout is named "dicom"');
    await assertRejects(() => replayManifest(`${dir}/none.json`), SuiteManifestError, "none.json");
  }));

Deno.test("writeSuite() leaves a folder as it was where it cannot go on", () =>
  inFolder(async (dir) => {
    const input = await smallDataset(`${dir}/in`, "mnms");
    const origin = datasetOrigin(input, "mnms"), output = `${dir}/out`;
    await Deno.mkdir(output);
    await Deno.writeTextFile(`${output}/mine.txt`, "keep");
    const made = { origin, output, repeats: 1, threads: 1 };
    await assertRejects(() => writeSuite(made), ArtifactRequestError, "not empty");
    await writeSuite({ ...made, overwrite: true });
    assertEquals(await Deno.readTextFile(`${output}/mine.txt`), "keep");
    const before = await Deno.readTextFile(`${output}/manifest.json`);

    const file = `${input}/S2/S2_sa_ES.nii.gz`;
    const { volume } = await readNifti(file);
    const data = Float32Array.from(volume.data).fill(NaN, 30, 31);
    await writeNifti(file, imageOf({ ...volume, data }));
    for (const threads of [1, 2]) {
      const fail = () => writeSuite({ ...made, threads, overwrite: true });
      await assertRejects(fail, DatasetError, "not finite");
      assertEquals(names(dir), ["in", "out"]);
      assertEquals(await Deno.readTextFile(`${output}/manifest.json`), before);
    }
  }));

Deno.test("writeSuite() replaces the sets of an earlier suite", () =>
  inFolder(async (dir) => {
    const origin = datasetOrigin(await smallDataset(`${dir}/in`, "mnms"), "mnms");
    const made = { origin, output: `${dir}/out`, threads: 1, repeats: 1 };
    await writeSuite(made);
    await writeSuite({ ...made, suite: "physical", severity: 1, overwrite: true });
    assertEquals(names(made.output).filter((name) => name.startsWith("Rand")), []);
    assert(names(made.output).includes("noise-1"));
  }));

Deno.test("writeSuite() refuses wishes that make no sense", () =>
  inFolder(async (dir) => {
    const origin = datasetOrigin(await smallDataset(`${dir}/in`, "mnms"), "mnms");
    const refuse = async (text: string, wish: object) => {
      const made = { origin, output: `${dir}/out`, threads: 1, ...wish };
      await assertRejects(() => writeSuite(made), ArtifactRequestError, text);
      assertEquals(names(dir), ["in"]);
    };
    await refuse("known: chen2021, physical", { suite: "chen" });
    await refuse("no severities", { severity: 3 });
    await refuse("repeats is 0", { repeats: 0 });
    await refuse("it is a file", { output: `${dir}/in/info.csv` });
  }));

Deno.test("writeSuite() writes a page with its pictures beside it, and a contact sheet", () =>
  inFolder(async (dir) => {
    const origin = datasetOrigin(await smallDataset(`${dir}/in`, "mnms"), "mnms");
    const { page } = await writeSuite({ origin, output: `${dir}/out`, repeats: 1, threads: 1 });
    const html = await Deno.readTextFile(page);
    assert(!/https?:|data:|@import|url\(|<script/.test(html));
    assert(/name="viewport"/.test(html) && /color-scheme:light dark/.test(html));
    assertEquals(html.match(/<figure>/g)!.length, 16);
    // each clean slice once, each corrupted one
    const shown = [...html.matchAll(/<img src="([^"]+)" loading="lazy"/g)].map(([, path]) => path!);
    assertEquals([shown.length, new Set(shown).size], [2 * 16, 4 + 16]);
    for (const path of shown) assert(/^suite_pictures\/\d+\.png$/.test(path), path);
    const beside = names(`${dir}/out/suite_pictures`).map((name) => `suite_pictures/${name}`);
    assertEquals(beside, [...new Set(shown)].sort());
    assert(html.length < 100_000, `${html.length} bytes`);
    for (const [, id] of html.matchAll(/<use [^>]*href="#(\w+)"/g)) {
      assert(html.includes(`<g id="${id}">`));
    }
    assert((await Deno.stat(`${dir}/out/contact_sheet.png`)).size > 1000);
  }));

Deno.test("writeSuite() takes names from a list for text: they run nothing and lead nowhere", () =>
  inFolder(async (dir) => {
    const at = await smallDataset(`${dir}/in`, "folder");
    const odd = `"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;`;
    await Deno.writeTextFile(
      `${at}/cases.json`,
      JSON.stringify({
        cases: [{
          ...{ image: "S1/S1_sa_ED.nii.gz", label: "S1/S1_sa_ED_gt.nii.gz" },
          ...{ id: `../../${odd}`, subject: `../${odd}`, frame: "../../../x", domain: "../=cmd()" },
        }],
        labels: { background: 0, [`muscle${odd}`]: [1, 2, 3] },
        channels: [`../${odd}`],
      }),
    );
    await Deno.remove(`${at}/cases.csv`);
    const origin = datasetOrigin(at, "folder");
    const { page } = await writeSuite({ origin, output: `${dir}/out`, repeats: 1, threads: 1 });
    const html = await Deno.readTextFile(page);
    assert(!/<script|<img src=x/i.test(html) && html.includes("&lt;script&gt;alert(1)"), html);
    assertEquals(names(dir), ["in", "out"]);
    const written = [...(await filesIn(`${dir}/out`)).keys()];
    assert(written.every((path) => path.split("/").length <= 3), written.join("\n"));
    const { cases } = await openDataset(`${dir}/out/RandBias`, "folder");
    assertEquals(cases[0]!.domain, "../=cmd()");
  }));

Deno.test("writeSuite() tells once what is odd in the files that it reads, with their cases", () =>
  inFolder(async (dir) => {
    const input = await smallDataset(`${dir}/in`, "mnms");
    for (const subject of ["S1", "S2"]) {
      for (const name of names(`${input}/${subject}`)) {
        const file = `${input}/${subject}/${name}`;
        const bytes = Uint8Array.from(gunzipSync(await Deno.readFile(file)));
        bytes.fill(0, 252, 256); // neither qform nor sform
        await Deno.writeFile(file, gzipSync(bytes));
      }
    }
    const notices: string[] = [];
    await writeSuite({
      ...{ origin: datasetOrigin(input, "mnms"), output: `${dir}/out`, repeats: 1, threads: 1 },
      onNotice: (line) => void notices.push(line),
    });
    assertEquals(notices.filter((line) => line.includes("sform")).length, 1, notices.join("\n"));
    assert(
      /^has no sform .*: S1_ED, S1_ES, S2_ED, S2_ES$/.test(notices.at(-1)!),
      notices.join("\n"),
    );
  }));
