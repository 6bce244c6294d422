/** What comes of files and folders as people have them: links, odd names, a bad file among good ones. */
import { assert, assertEquals, assertStringIncludes } from "../deps.ts";
import { type Outcome, tandem, tandemOnFullDisk, TINY } from "./run_tandem.ts";

/** A phantom of three subjects, and a run that was trained for a step. */
interface Workplace {
  readonly dir: string;
  readonly run: string;
  /** An image of subject 0, 1 or 2. */
  image(subject: number): string;
}

let prepared: Promise<string> | undefined;

async function prepare(): Promise<string> {
  const dir = await Deno.makeTempDir();
  const made = await tandem("phantom", "-o", `${dir}/ph`, "--sites", "A", "--subjects", "3");
  assertEquals(made.code, 0, made.stderr);
  const trained = await tandem("train", ...TINY, "--max-steps", "1", "--out", `${dir}/run`);
  assertEquals(trained.code, 0, trained.stderr);
  return dir;
}

async function atWork(use: (place: Workplace) => Promise<void>): Promise<void> {
  const shared = await (prepared ??= prepare());
  const dir = await Deno.makeTempDir();
  try {
    await use({
      dir,
      run: `${shared}/run`,
      image: (subject) => `${shared}/ph/A/A00${subject}/A00${subject}_sa_ED.nii.gz`,
    });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

globalThis.addEventListener("unload", () => {
  prepared?.then((dir) => Deno.removeSync(dir, { recursive: true }));
});

function predict({ run }: Workplace, ...args: string[]): Promise<Outcome> {
  return tandem("predict", "--run", run, "--threads", "2", ...args);
}

function names(dir: string): string[] {
  return [...Deno.readDirSync(dir)].map(({ name }) => name).sort();
}

Deno.test("predict goes on past bad files, names each, writes the others and ends with 3", () =>
  atWork(async (place) => {
    const { dir, image } = place;
    const input = `${dir}/in`;
    await Deno.mkdir(input);
    for (const n of [0, 1, 2]) await Deno.copyFile(image(n), `${input}/${n}.nii.gz`);
    await Deno.truncate(`${input}/1.nii.gz`, 900);
    await Deno.writeTextFile(`${input}/text.nii`, "no volume");
    await Deno.writeFile(`${input}/._0.nii.gz`, new Uint8Array(4000));
    const { code, stdout, stderr } = await predict(place, "-i", input, "-o", `${dir}/out`);
    assertEquals([code, names(`${dir}/out`)], [3, ["0.nii.gz", "2.nii.gz"]], stderr);
    assertEquals(stdout.trim().split("\n").length, 2);
    const last = stderr.split("\n").at(-1)!;
    assertStringIncludes(last, "Cannot segment 2 of 4 images");
    assertStringIncludes(last, "1.nii.gz");
    assertStringIncludes(last, "text.nii");
  }));

Deno.test("predict takes odd names and exchanged endings, follows links once, keeps places", () =>
  atWork(async (place) => {
    const { dir, image } = place;
    const input = `${dir}/in`;
    for (const sub of ["a", "b"]) await Deno.mkdir(`${input}/${sub}`, { recursive: true });
    await Deno.copyFile(image(0), `${input}/a/image.nii.gz`);
    // gzip under .nii: told by content
    await Deno.copyFile(image(1), `${input}/b/image.nii`);
    await Deno.copyFile(image(2), `${input}/-ä \u001b[31mred.nii.gz`);
    await Deno.symlink("../in", `${input}/a/round`);
    await Deno.symlink("nothing.nii", `${input}/lost.nii`);
    // a name in bytes that are no text
    const bytes = new Deno.Command("sh", {
      args: ["-c", `cp "$1" "$2/$(printf 'x\\377.nii.gz')"`, "sh", image(0), input],
    });
    assertEquals((await bytes.output()).code, 0);
    const { code, stdout, stderr } = await predict(place, "-i", input, "-o", `${dir}/out`);
    assertEquals(code, 0, stderr);
    assertEquals(names(`${dir}/out`), ["-ä \u001b[31mred.nii.gz", "a", "b"]);
    assertEquals(names(`${dir}/out/a`), ["image.nii.gz"]);
    assertEquals(names(`${dir}/out/b`), ["image.nii"]);
    assert(!stdout.includes("\u001b"), "names speak to the terminal");
    assertStringIncludes(stdout, "\\u001b[31mred");
    assertStringIncludes(stderr, "its name is no UTF-8");
    assertStringIncludes(stderr, "lost.nii: it is a link to nothing");
  }));

Deno.test("predict never replaces a scan or label, nor anything else unasked, and tells all at once", () =>
  atWork(async (place) => {
    const { dir, image } = place;
    await Deno.mkdir(`${dir}/orig`);
    for (const n of [0, 1]) await Deno.copyFile(image(n), `${dir}/orig/${n}.nii.gz`);
    await Deno.copyFile(image(0), `${dir}/orig/0_gt.nii.gz`);
    await Deno.symlink("orig", `${dir}/alias`);
    await Deno.mkdir(`${dir}/todo`);
    await Deno.symlink("../orig/0.nii.gz", `${dir}/todo/0.nii.gz`);
    const before = await Deno.readFile(`${dir}/orig/0.nii.gz`);
    const refused = async (input: string, output: string, ...said: string[]) => {
      for (const more of [[], ["--overwrite"]]) {
        const outcome = await predict(
          place,
          "-i",
          `${dir}/${input}`,
          "-o",
          `${dir}/${output}`,
          ...more,
        );
        assertEquals(outcome.code, 2, outcome.stderr);
        for (const text of said) assertStringIncludes(outcome.stderr, text);
      }
      assertEquals(await Deno.readFile(`${dir}/orig/0.nii.gz`), before);
      assertEquals(await Deno.readFile(`${dir}/orig/0_gt.nii.gz`), before);
    };
    await refused("todo", "orig", "0.nii.gz");
    await refused("orig", "alias", "alias/0.nii.gz: it is the input", "alias/1.nii.gz: it is");
    await refused("orig/0.nii.gz", "orig/0_gt.nii.gz", "0_gt.nii.gz");
    await refused("orig/0.nii.gz", "p1.txt", "wanted a name in .nii");
    await refused("orig/0.nii.gz", "p1.mha", "wanted a name in .nii");
    await refused("orig", "p1.nii.gz", "wanted the name of a folder");
    assertEquals(names(dir), ["alias", "orig", "todo"]);

    const again = (...more: string[]) =>
      predict(place, "-i", `${dir}/orig`, "-o", `${dir}/orig/out`, ...more);
    assertEquals((await again()).code, 0);
    const second = await again();
    assertEquals(second.code, 2);
    for (const n of [0, 1]) assertStringIncludes(second.stderr, `out/${n}.nii.gz: it exists`);
    // what it has written itself is no input
    assertEquals((await again("--overwrite")).code, 0);
    assertEquals(names(`${dir}/orig/out`), ["0.nii.gz", "1.nii.gz"]);
  }));

Deno.test("evaluate tells before the work where its result cannot go, and loses none", () =>
  atWork(async ({ dir, run, image }) => {
    const data = image(0).split("/").slice(0, -2).join("/");
    const evaluate = (out: string, ...more: string[]) =>
      tandem(
        ...["evaluate", "--run", run, "--data", data, "--no-artifacts", "-o", `${dir}/${out}`],
        ...["--threads", "2", ...more],
      );
    await Deno.writeTextFile(`${dir}/file`, "");
    for (
      const [out, code, text] of [
        ["file/e.json", 1, "is no folder"],
        ["e.csv", 2, "wanted a name in .json"],
      ] as const
    ) {
      const outcome = await evaluate(out);
      assertEquals([outcome.code, outcome.stdout], [code, ""], outcome.stderr);
      assertStringIncludes(outcome.stderr, text);
    }
    const good = await evaluate("new/folder/e.json");
    assertEquals(good.code, 0, good.stderr);
    const refused = await evaluate("new/folder/e.json");
    assertEquals(refused.code, 2);
    assertStringIncludes(refused.stderr, "it exists");
    const full = await tandemOnFullDisk(
      "late.json",
      ...["evaluate", "--run", run, "--data", data, "--no-artifacts", "-o", `${dir}/late.json`],
    );
    assertEquals(full.code, 1, full.stderr);
    assertStringIncludes(full.stderr, "the result is on standard output");
    assertEquals(JSON.parse(full.stdout).volumes.length, 6);
    assertEquals(names(dir), ["file", "new"]);
  }));

Deno.test("artifacts, phantom and their links: one rule for what is there already", () =>
  atWork(async ({ dir, image }) => {
    await Deno.mkdir(`${dir}/a`);
    await Deno.copyFile(image(0), `${dir}/a/x.nii.gz`);
    await Deno.symlink("a", `${dir}/b`);
    const before = await Deno.readFile(`${dir}/a/x.nii.gz`);
    const apply = await tandem(
      ...["artifacts", "apply", "noise", "-i", `${dir}/a/x.nii.gz`],
      ...["-o", `${dir}/b/x.nii.gz`, "--overwrite"],
    );
    assertEquals(apply.code, 2, apply.stderr);
    assertEquals(await Deno.readFile(`${dir}/a/x.nii.gz`), before);

    const phantom = (subjects: number, ...more: string[]) =>
      tandem(
        ...["phantom", "-o", `${dir}/p`, "--sites", "A", "--subjects", `${subjects}`, ...more],
      );
    assertEquals((await phantom(2)).code, 0);
    await Deno.writeTextFile(`${dir}/p/A/A001/notes.txt`, "mine");
    const refused = await phantom(1, "--seed", "5");
    assertEquals(refused.code, 2);
    assertStringIncludes(refused.stderr, "A001_sa_ES_gt.nii.gz: it exists");
    const replaced = await phantom(1, "--seed", "5", "--overwrite");
    assertEquals(replaced.code, 0, replaced.stderr);
    // what somebody else has put there stays
    assertEquals(names(`${dir}/p/A`), ["A000", "A001", "README.txt"]);
    assertEquals(names(`${dir}/p/A/A001`), ["notes.txt"]);
    assertEquals(JSON.parse(await Deno.readTextFile(`${dir}/p/A/A000/A000.json`)).seed, 5);
  }));

Deno.test("a suite is never written over the data that it is made from", () =>
  atWork(async ({ dir, image }) => {
    const data = image(0).split("/").slice(0, -2).join("/");
    await Deno.mkdir(`${dir}/outer`);
    await Deno.symlink(data, `${dir}/link`);
    const suite = (output: string) =>
      tandem(
        ...["artifacts", "suite", "-i", data, "--layout", "mnms", "-o", output, "--overwrite"],
        ...["--threads", "1"],
      );
    const before = names(data);
    for (const output of [`${dir}/link`, `${data}/..`]) {
      const { code, stderr } = await suite(output);
      assertEquals(code, 2, stderr);
      assertStringIncludes(stderr, `the input ${data}`);
    }
    assertEquals(names(data), before);
  }));
