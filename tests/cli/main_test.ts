import { assert, assertEquals, assertStringIncludes } from "../deps.ts";
import { moduleGraph } from "../module_graph.ts";
import { tandem } from "./run_tandem.ts";

const COMMANDS = [
  ...["train", "evaluate", "predict", "study", "compare", "report", "settings"],
  ...["phantom", "artifacts", "doctor"],
];

const MAIN = new URL("../../cli/main.ts", import.meta.url);

Deno.test("main.ts loads no library but its names before a command needs it", async () => {
  const { modules } = await moduleGraph(MAIN, { atOnce: true });
  const local = [...modules].filter((specifier) => specifier.startsWith("file:"));
  // One function of no imports, beside the names.
  const quoting = "../lib/base/text/shell_word.ts";
  const own = [".", "../lib/names.ts", quoting, "../deno.json"]
    .map((place) => new URL(place, MAIN).href);
  assert(local.length > 10);
  assertEquals(local.filter((url) => !own.some((start) => url.startsWith(start))), []);
});

Deno.test("main.ts answers --help with every command and exit code 0", async () => {
  const { code, stdout } = await tandem("--help");
  assertEquals(code, 0);
  for (const name of COMMANDS) {
    assertStringIncludes(stdout, `\n  ${name}`);
  }
});

Deno.test("main.ts tells its version and Deno's", async () => {
  const { code, stdout } = await tandem("--version");
  assertEquals(code, 0);
  assertEquals(stdout.replaceAll(/\d+/g, "n"), "tandem n.n.n, Deno n.n.n\n");
});

Deno.test("main.ts ends with 2 and one clear text at a command line it does not know", async () => {
  const cases: [string[], string][] = [
    [["trian"], "Did you mean train?"],
    [["train", "--epoch", "3"], "Did you mean --epochs?"],
    [["train", "--epochs", "many"], "Wanted a whole number of at least 1"],
    [
      ["train", "--layout", "dicom"],
      "Allowed choices are auto, acdc, mnms, folder, nnunet, decathlon, bids",
    ],
    [["train", "--resume", "a", "--batch-size", "4"], "--batch-size with --resume"],
    [["train", "--resume", "a", "--init", "b"], "--init with --resume"],
    [["train", "--set", "training.batchsize=4"], "did you mean training.batchSize?"],
    [["train", "--size", "100"], 'data.size is "100", wanted auto, a multiple of 16'],
    [["evaluate", "--run", "a"], "wanted --data"],
    [["evaluate", "--data", "a"], "wanted either --run or --predictions"],
    [["evaluate", "--predictions", "a"], "wanted either --labels or --data"],
    [["evaluate", "--run", "a", "--data", "b", "--labels", "c"], "it is for --predictions"],
    [["evaluate", "--predictions", "a", "--labels", "b", "--nsd", "-1"], "numbers of 0 or more"],
    [
      ["evaluate", "--predictions", "a", "--labels", "b", "--set", "training.batchSize=4"],
      "Cannot use --set training.batchSize=4 with --predictions",
    ],
    [["phantom", "-o", "a", "--sites", "AX"], "wanted letters of ABCDE"],
  ];
  await Promise.all(cases.map(async ([args, text]) => {
    const { code, stderr } = await tandem(...args);
    assertEquals(code, 2, `${args}: ${stderr}`);
    assertStringIncludes(stderr, text);
    assert(!stderr.includes("    at "), stderr);
  }));
});

Deno.test("main.ts ends with 3 and one line at bad data, with the trace under --debug", async () => {
  const args = ["evaluate", "--run", "/nowhere/run", "--data", "/nowhere/data", "--layout", "acdc"];
  // What the data set is read as is told by the run.
  const { code, stderr } = await tandem(...args);
  assertEquals(code, 3);
  assertStringIncludes(stderr, "Cannot open run /nowhere/run");
  assertEquals(stderr.split("\n").length, 1);
  for (const layout of ["acdc", "auto"]) {
    const lacking = await tandem("train", "--data", "/nowhere/data", "--layout", layout);
    assertEquals([lacking.code, lacking.stderr.split("\n").length], [3, 1], lacking.stderr);
    assertStringIncludes(lacking.stderr, "/nowhere/data");
  }
  const traced = await tandem("--debug", ...args);
  assertEquals(traced.code, 3);
  assertStringIncludes(traced.stderr, "    at ");
  assertEquals((await tandem("train", "--resume", "/nowhere/run")).code, 3);
  const begun = await tandem("train", "--init", "/nowhere/run", "--out", "/tmp/tandem-nowhere");
  assertEquals(begun.code, 3);
  assertStringIncludes(begun.stderr, "Cannot open run /nowhere/run");
});

Deno.test("main.ts phantom writes a folder a site", async () => {
  const dir = await Deno.makeTempDir();
  const args = ["-o", dir, "--sites", "a", "--subjects", "1", "--json"];
  const { code, stdout } = await tandem("phantom", ...args);
  assertEquals(code, 0);
  assertEquals(JSON.parse(stdout), { folders: [`${dir}/A`], subjects: 1, seed: 0 });
  assert((await Deno.stat(`${dir}/A/A000/A000_sa_ED_gt.nii.gz`)).isFile);
  await Deno.remove(dir, { recursive: true });
});

Deno.test("main.ts doctor tells the machine's features as JSON", async () => {
  const { code, stdout } = await tandem("doctor", "--threads", "1", "--json");
  assertEquals(code, 0);
  const { facts, passed } = JSON.parse(stdout);
  assertEquals([facts.threads, passed], [1, true]);
});
