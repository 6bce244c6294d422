import { assertEquals, assertRejects } from "../../deps.ts";
import { claim, ClaimError } from "../../../lib/formats/files/claim.ts";
import { fillFolder, tidyFilled } from "../../../lib/workflows/artifact_files/output_folder.ts";
import { ArtifactRequestError } from "../../../lib/workflows/artifact_files/request_error.ts";

async function inFolder(run: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await run(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

function names(dir: string): string[] {
  return [...Deno.readDirSync(dir)].map(({ name }) => name).sort();
}

/** Writes one file of a suite. */
async function fill(folder: string): Promise<void> {
  await Deno.writeTextFile(`${folder}/made.txt`, "made");
}

Deno.test("fillFolder() lets one fill a folder at a time, and leaves nothing beside it", () =>
  inFolder(async (parent) => {
    const output = { dir: `${parent}/s`, overwrite: false };
    await fillFolder(output, async (folder) => {
      await assertRejects(() => fillFolder(output, fill), ClaimError, "another process");
      await fill(folder);
    });
    assertEquals([names(parent), names(`${parent}/s`)], [["s"], ["made.txt"]]);
    await assertRejects(() => fillFolder(output, fill), ArtifactRequestError, "not empty");
  }));

Deno.test("fillFolder() removes what killed processes left, and nothing else", () =>
  inFolder(async (parent) => {
    const kept = [".s.part", ".s.x.part", ".t.12-0123abcd.part"];
    for (const name of [...kept, ".s.12.part", ".s.12-0123abcd.part"]) {
      await Deno.mkdir(`${parent}/${name}`);
    }
    const told: string[] = [];
    const onNotice = (line: string) => void told.push(line);
    await fillFolder({ dir: `${parent}/s`, overwrite: false, onNotice }, fill);
    assertEquals([names(parent), told.length], [[...kept, "s"].sort(), 2]);
  }));

Deno.test("tidyFilled() removes what a process left that was killed when it had filled a folder", () =>
  inFolder(async (parent) => {
    const dir = `${parent}/s`;
    await fillFolder({ dir, overwrite: false }, fill);
    await tidyFilled(dir);
    // No process has such a number.
    const gone = { pid: 4194305, host: Deno.hostname(), started: "now", token: "t", locked: false };
    await Deno.writeTextFile(`${parent}/.s.claim`, JSON.stringify(gone) + "\n");
    await Deno.mkdir(`${parent}/.s.4194305-0a1b2c3d.part`);
    await tidyFilled(dir);
    assertEquals([names(parent), names(dir)], [["s"], ["made.txt"]]);
    using _held = await claim(`${parent}/.s.claim`, { task: "fill s" });
    await tidyFilled(dir);
    assertEquals(names(parent), [".s.claim", "s"]);
  }));

Deno.test("fillFolder() keeps what was made where its place was taken meanwhile", () =>
  inFolder(async (parent) => {
    const dir = `${parent}/s`;
    const error = await assertRejects(
      () =>
        fillFolder({ dir, overwrite: false }, async (folder) => {
          await fill(folder);
          await Deno.mkdir(dir);
          await Deno.writeTextFile(`${dir}/theirs.txt`, "");
        }),
      ArtifactRequestError,
      "not empty",
    );
    const [, place] = /kept in (.+)$/.exec(error.message)!;
    assertEquals([names(dir), names(place!)], [["theirs.txt"], ["made.txt"]]);
    assertEquals(names(parent).length, 2);
  }));

Deno.test("fillFolder() works in the folder itself where nothing may be written beside it", () =>
  inFolder(async (parent) => {
    const dir = `${parent}/s`;
    const { open } = Deno;
    Deno.open = (path, options) =>
      options?.createNew && new RegExp(`^${parent}/[^/]+$`).test(String(path))
        ? Promise.reject(new Deno.errors.PermissionDenied("not here"))
        : open(path, options);
    try {
      await fillFolder({ dir, overwrite: false }, (folder) => {
        assertEquals(folder.startsWith(`${dir}/.s.`), true);
        return fill(folder);
      });
    } finally {
      Deno.open = open;
    }
    assertEquals([names(parent), names(dir)], [["s"], ["made.txt"]]);
  }));

Deno.test("fillFolder() refuses a folder that is the input or holds it, through links", () =>
  inFolder(async (parent) => {
    await Deno.mkdir(`${parent}/data/set`, { recursive: true });
    await Deno.symlink("data", `${parent}/link`);
    for (const [dir, input] of [["link", "data"], ["data", "link"], ["link", "data/set"]]) {
      const output = { dir: `${parent}/${dir}`, overwrite: true, input: `${parent}/${input}` };
      await assertRejects(() => fillFolder(output, fill), ArtifactRequestError, "the input");
    }
    const inside = { dir: `${parent}/data/out`, overwrite: false, input: `${parent}/link` };
    await fillFolder(inside, fill);
    assertEquals(names(`${parent}/data/out`), ["made.txt"]);
  }));

/** A suite of one set of a name, with its manifest. */
const suiteOf = (set: string) => async (folder: string) => {
  await Deno.mkdir(`${folder}/${set}`);
  const numbers = { min: 0, mean: 0, max: 0 }, image = "0".repeat(64);
  const entry = {
    ...{ set, case: "a", repeat: 1, preparation: "none", steps: [], psnr: null, ssim: null },
    ...{ input: { image }, output: { image }, intensity: { before: numbers, after: numbers } },
  };
  const manifest = {
    ...{ schema: "tandem-artifact-suite/2", suite: "made", suiteVersion: 1, madeBy: "a test" },
    ...{ seed: 0, repeats: 1, volumes: [entry] },
  };
  await Deno.writeTextFile(`${folder}/manifest.json`, JSON.stringify(manifest));
};

Deno.test("fillFolder() puts a new folder in its place at once", () =>
  inFolder(async (parent) => {
    const { rename } = Deno, renamed: string[] = [];
    Deno.rename = (from, to) => {
      renamed.push(`${to}`);
      return rename(from, to);
    };
    try {
      await fillFolder({ dir: `${parent}/s`, overwrite: false }, suiteOf("one"));
    } finally {
      Deno.rename = rename;
    }
    assertEquals(renamed, [`${parent}/s`]);
  }));

Deno.test("fillFolder() has no manifest tell of sets that are gone, killed at whichever act", () =>
  inFolder(async (parent) => {
    const output = { dir: `${parent}/s`, overwrite: true };
    await fillFolder(output, suiteOf("one"));
    const { remove } = Deno;
    Deno.remove = (path, options) =>
      `${path}` === `${parent}/s/one`
        ? Promise.reject(new Deno.errors.PermissionDenied("ended here"))
        : remove(path, options);
    try {
      await assertRejects(() => fillFolder(output, suiteOf("two")), Error, "ended here");
    } finally {
      Deno.remove = remove;
    }
    assertEquals(names(`${parent}/s`).includes("manifest.json"), false);
    await fillFolder(output, suiteOf("two"));
    assertEquals(names(`${parent}/s`), ["manifest.json", "two"]);
  }));
