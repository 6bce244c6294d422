/** Numbers out of all bounds are refused at once, with the range that is wanted. */
import { assertEquals, assertStringIncludes } from "../deps.ts";
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

/** Runs commands one after the other in this process, and tells what each ended with and said. */
const SCRIPT = `
import process from "node:process";
import { main } from ${JSON.stringify(new URL("../../cli/main.ts", import.meta.url).href)};
const told = console.log;
let said = [];
console.error = console.log = (text) => void said.push(String(text));
process.stderr.write = (text) => said.push(String(text)) > 0;
const outcomes = [];
for (const args of JSON.parse(Deno.args[0])) {
  said = [];
  const code = await main(args);
  outcomes.push({ code, said: said.join("\\n") });
}
told(JSON.stringify(outcomes));
`;

// In a process of its own: the folder that a process is in is that of all tests beside this one, too.
Deno.test("numbers out of all bounds are refused at once, with the range that is wanted", () =>
  inFolder(async (dir) => {
    const commands = CASES.map(([, ...args]) => args);
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--no-check", SCRIPT, JSON.stringify(commands)],
      cwd: dir,
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    const outcomes = JSON.parse(new TextDecoder().decode(stdout));
    assertEquals(outcomes.length, CASES.length);
    for (const [n, [part, ...args]] of CASES.entries()) {
      const { code, said } = outcomes[n], name = args.join(" ");
      assertEquals(code, 2, `${name}: ${said}`);
      assertStringIncludes(`${name}: ${said}`, part);
    }
    assertEquals([...Deno.readDirSync(dir)].length, 0);
  }));
