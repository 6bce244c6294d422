import { decodePng } from "../../../lib/base/deps/png.ts";
import { ArtifactRequestError } from "../../../lib/workflows/artifact_files/request_error.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import {
  showArtifact,
  showLosses,
  ShownPicture,
  ShownTable,
  showPicture,
  showScores,
  showSeverities,
  showStudy,
  showVolume,
} from "../../../lib/workflows/notebook/mod.ts";
import { DatasetError } from "../../../lib/imaging/data/cases/dataset_error.ts";
import { StudyError } from "../../../lib/workflows/study/plan/study_error.ts";
import { assert, assertEquals, assertRejects, assertThrows } from "../../deps.ts";
import { madeResult } from "../study/made_results.ts";
import { inFolder } from "../runs/tiny_run.ts";

const DISPLAY = Symbol.for("Jupyter.display");

/** What the kernel gets from a value. */
async function displayed(value: object): Promise<Record<string, string>> {
  return await (value as { [DISPLAY](): Promise<Record<string, string>> })[DISPLAY]();
}

const affine = [-1.5, 0, 0, 0, 0, -1.5, 0, 0, 0, 0, 8, 0, 0, 0, 0, 1];
const shape = [20, 16, 9] as const;
const volume = {
  shape,
  affine,
  data: Float32Array.from({ length: 20 * 16 * 9 }, (_, n) => n % 97),
};
const mask = (value: number) => ({
  shape,
  affine,
  data: Uint8Array.from(volume.data, (_, n) => n % 20 > 5 && n % 20 < 12 ? value : 0),
});

Deno.test("showVolume() shows slices of the middle half, a row a segmentation", async () => {
  const shown = showVolume(volume, {
    title: "A <b>",
    outlines: { label: mask(2), "what is <made>": mask(255) },
    classes: [{ name: "wall" }, { name: "blood & more", colour: "#0a0b0c" }],
  });
  const { svg } = shown;
  for (const text of ["A &lt;b&gt;", "slice 3 of 9", "slice 5 of 9", "slice 7 of 9"]) {
    assert(svg!.includes(text), text);
  }
  assert(svg!.includes("what is &lt;made&gt;") && svg!.includes("blood &amp; more"));
  // 255 is what nobody labelled
  assertEquals(svg!.match(/<image /g)?.length, 9);
  assertEquals(svg!.match(/<path [^>]*fill="rgb\(10,11,12\)"/g)?.length, 3);
  const bundle = await displayed(shown);
  assertEquals(Object.keys(bundle), ["image/png", "text/plain"]);
  assertEquals(bundle["text/plain"], "A <b>: 20 x 16 x 9 voxels");
  const { width, height } = decodePng(Uint8Array.fromBase64(bundle["image/png"]!));
  assert(width > 500 && height > 500);
});

Deno.test("showVolume() takes volumes of one slice, and refuses what does not fit", () => {
  const flat = { ...volume, shape: [20, 16, 1] as const, data: volume.data.slice(0, 320) };
  assert(showVolume(flat).svg!.includes("slice 1 of 1"));
  assertThrows(() => showVolume(volume, { slices: 0 }), RangeError, "slices is 0, wanted 1 to 12");
  assertThrows(
    () => showVolume(flat, { outlines: { label: mask(1) } }),
    DatasetError,
    "Cannot use label: its shape is 20 x 16 x 9, that of the volume is 20 x 16 x 1",
  );
  const moved = { ...mask(1), affine: affine.with(11, 40) };
  assertThrows(
    () => showVolume(volume, { outlines: { moved } }),
    DatasetError,
    "Cannot use moved: its affine puts it up to 40.00 mm from the volume",
  );
  for (const value of [0.5, -1, 256, NaN]) {
    const data = Float32Array.from(mask(1).data).fill(value, 7, 8);
    assertThrows(
      () => showVolume(volume, { outlines: { label: { shape, affine, data } } }),
      RangeError,
      `label holds ${value}, wanted classes, whole numbers from 0 to 255`,
    );
  }
  const data = Float32Array.from(mask(255).data);
  assert(showVolume(volume, { outlines: { label: { shape, affine, data } } }).svg);
});

const severities = {
  cases: ["A000_ED"],
  dice: { spike: { ftn: [0.9, 0.8, 0.7, 0.6, 0.5, 0.4] } },
};
const { evaluation } = madeResult({ method: "full" }, { "site <A>": "intra" }, [
  { set: "site <A>", subject: "A000", ftn: 0.8, stn: 0.9 },
  { set: "site <A>", subject: "A001", ftn: 0.6, stn: 0.7 },
], severities);

Deno.test("showScores() is a table of both networks, escaped", async () => {
  const bundle = await displayed(showScores(evaluation));
  assertEquals(Object.keys(bundle), ["text/html", "text/markdown", "text/plain"]);
  assert(bundle["text/html"]!.includes("site &lt;A&gt;") && bundle["text/html"]!.includes("0.700"));
  assert(!bundle["text/markdown"]!.includes("site <A>"));
  assert(showScores(evaluation, "label").markdown.includes("Anterior"));
});

Deno.test("showSeverities() draws what there is", () => {
  assert(showSeverities(evaluation).svg!.includes("One volume: A000_ED"));
  const { severities: _, ...without } = evaluation;
  assertThrows(() => showSeverities(without), TypeError, "this evaluation has none");
});

Deno.test("showLosses() reads a run's log, and says where there is nothing yet", () =>
  inFolder(async (dir) => {
    await assertRejects(() => showLosses(dir), RunFolderError, "holds no step yet");
    const step = { epoch: 1, seconds: 1, totalLoss: 2, imageLoss: 1 };
    const lines = [1, 2].map((n) => JSON.stringify({ step: n, ...step }) + "\n");
    await Deno.writeTextFile(`${dir}/log.jsonl`, lines.join(""));
    const shown = await showLosses({ dir });
    assert(shown.svg!.includes("Total loss") && shown.text === "losses of 2 steps");
    assertEquals((await showLosses(dir)).svg, shown.svg);
  }));

Deno.test("showPicture() shows a PNG and refuses anything else", () =>
  inFolder(async (dir) => {
    const png = await ShownPicture.ofSvg(
      '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>',
      "nothing",
    ).png();
    await Deno.writeFile(`${dir}/a.png`, png);
    const shown = await showPicture(`${dir}/a.png`);
    assertEquals([shown.svg, shown.text], [undefined, "a.png"]);
    assertEquals(await displayed(shown), { "image/png": png.toBase64(), "text/plain": "a.png" });
    await Deno.writeTextFile(`${dir}/b.png`, "no");
    await assertRejects(() => showPicture(`${dir}/b.png`), TypeError, "it is no PNG");
    await assertRejects(() => showPicture(`${dir}/c.png`), TypeError, "c.png");
  }));

Deno.test("showArtifact() and showStudy() refuse what there is not", () =>
  inFolder(async (dir) => {
    await assertRejects(() => showArtifact("motoin"), ArtifactRequestError, "motion");
    await assertRejects(() => showStudy(dir), StudyError);
    await assertRejects(() => showStudy(dir, "tabel1" as "table1"), TypeError, "table1");
  }));

Deno.test("ShownTable has its table as HTML and Markdown", () => {
  const shown = new ShownTable({
    caption: "C",
    columns: ["a", "b"],
    rows: [{ name: "|x|", cells: [{ text: "1", best: true }] }],
    notes: ["n < 3"],
  });
  assert(shown.markdown.includes("\\|x\\|") && shown.markdown.includes("**1**"));
  assert(shown.html.includes("n &lt; 3"));
});
