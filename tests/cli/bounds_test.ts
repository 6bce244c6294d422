/** Numbers out of all bounds are refused at once, with the range that is wanted. */
import { assert, assertEquals, assertStringIncludes } from "../deps.ts";
import { main } from "../../cli/main.ts";
import { inFolder } from "../workflows/runs/tiny_run.ts";

const CASES: readonly (readonly [string, ...string[]])[] = [
  ["from 1 to 64", "artifacts", "suite", "--threads", "1000"],
  ["from 1 to 64", "artifacts", "replay", "manifest.json", "--threads", "1000"],
  ["from 1 to 1000", "artifacts", "suite", "--repeats", "1e9"],
  ["1, 2, 3, 4 or 5", "artifacts", "suite", "--severity", "NaN"],
  ["from 1 to 64", "inspect", ".", "--threads", "1e9"],
  ["from 2 to 1000", "study", "--folds", "1000000000", "--dry-run"],
  ["from 1 to 64", "study", "--jobs", "1e9", "--dry-run"],
  ["whole number", "study", "--seeds", "1e300", "--dry-run"],
  ["from 1 to 1000", "phantom", "-o", "phantom", "--subjects", "1e9"],
  ["up to 31536000", "train", "--max-time", "1e300"],
  ["up to 31536000", "train", "--max-time", "Infinity"],
  ["training.maxTime is 1e+300", "train", "--set", "training.maxTime=1e300"],
  ["phantom.subjects is 1000000000", "train", "--set", "phantom.subjects=1000000000"],
  ["from 16 to 4096", "train", "--set", "data.size=65536"],
  ["from 16 to 4096", "train", "--size", "1e8"],
  ["data.folds is 1000000000", "train", "--set", "data.folds=1000000000"],
  ["batch of at most", "train", "--size", "512", "--batch-size", "1000000", "--out", "run"],
  ["batch of at most", "study", "--set", "training.batchSize=1000000", "--out", "study"],
  [
    "batch of at most",
    "study",
    "--set",
    "training.batchSize=1000000",
    "--out",
    "study",
    "--dry-run",
  ],
];

Deno.test("numbers out of all bounds are refused at once, with the range that is wanted", () =>
  inFolder(async (dir) => {
    const { error, log } = console, { default: process } = await import("node:process");
    const { write } = process.stderr, before = Deno.cwd(), said: string[] = [];
    console.error = console.log = (text: string) => void said.push(String(text));
    process.stderr.write = (text: string | Uint8Array) => said.push(String(text)) > 0;
    Deno.chdir(dir);
    try {
      for (const [part, ...args] of CASES) {
        said.length = 0;
        const started = performance.now();
        const code = await main(args);
        const text = said.join("\n"), name = args.join(" ");
        assertEquals(code, 2, `${name}: ${text}`);
        assertStringIncludes(`${name}: ${text}`, part);
        assert(performance.now() - started < 10_000, `${name} took too long`);
      }
      assertEquals([...Deno.readDirSync(dir)].length, 0);
    } finally {
      Deno.chdir(before);
      Object.assign(console, { error, log });
      process.stderr.write = write;
    }
  }));
