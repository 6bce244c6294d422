/** Fuzzes the readers of Tandem: `deno task fuzz`; `--help` tells the options. */
// Before all that it shall count.
import "./count_memory.ts";
import { renderTable } from "../../cli/deps/cli_table.ts";
import { Campaign } from "./campaign.ts";
import { serveFiles } from "./memory_files.ts";
import { type FuzzOptions, parseFuzzOptions, USAGE } from "./options.ts";
import { runCase } from "./run_case.ts";
import type { Tally } from "./tally.ts";
import { allTargets, findTarget } from "./targets.ts";

const HEAD = [
  "target",
  "inputs",
  "results",
  "refused, by class",
  "faults",
  "longest ms",
  "most MB",
];

/** Fuzzes; gives the number of kinds of faults. */
async function campaign({ only, seed, inputs, markdown }: FuzzOptions): Promise<number> {
  const targets = only.length === 0 ? await allTargets() : await Promise.all(only.map(findTarget));
  const shares = targets.reduce((sum, { share = 1 }) => sum + share, 0);
  const tallies: [string, Tally][] = [];
  using thread = new Campaign();
  for (const { name, share = 1 } of targets) {
    const start = performance.now(), own = Math.ceil(inputs * share / shares);
    const tally = await thread.fuzz(name, seed, own);
    tallies.push([name, tally]);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.error(`${name}: ${own} inputs in ${seconds} s, ${faultsOf(tally)} kinds of faults`);
  }
  const rows = tallies.map(([name, tally]) => rowOf(name, tally));
  console.log(markdown ? markdownTable(rows) : renderTable(HEAD, rows));
  const total = tallies.reduce((sum, [, tally]) => sum + tally.inputs, 0);
  console.log(`${total} inputs, seed ${seed}`);
  for (const [name, { faults }] of tallies) {
    for (const [what, { count, cases }] of Object.entries(faults)) {
      console.log(
        `${name}: ${what}: ${count} inputs, as --only ${name} --seed ${seed} --case ${
          cases.join(", ")
        }`,
      );
    }
  }
  return tallies.reduce((sum, [, tally]) => sum + faultsOf(tally), 0);
}

function faultsOf({ faults }: Tally): number {
  return Object.keys(faults).length;
}

function rowOf(name: string, tally: Tally): string[] {
  const refusals = Object.entries(tally.refusals).sort(([, a], [, b]) => b - a)
    .map(([what, count]) => `${what} ${count}`).join(", ");
  return [
    ...[
      name,
      String(tally.inputs),
      String(tally.results),
      refusals || "0",
      String(faultsOf(tally)),
    ],
    ...[tally.longest.toFixed(0), (tally.memory / 1e6).toFixed(1)],
  ];
}

function markdownTable(rows: readonly string[][]): string {
  return [HEAD, HEAD.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** Runs one input again in this thread, with all that it says. */
async function show({ only: [name], seed, index, write }: FuzzOptions): Promise<number> {
  const target = await findTarget(name!), write_ = Deno.writeFile;
  serveFiles();
  const { bytes, thrown, ...report } = await runCase({ target, seed, index: index! });
  if (write !== undefined) await write_(write, bytes);
  const text = target.kind === "bytes"
    ? [...bytes.subarray(0, 64)].join(" ")
    : new TextDecoder().decode(bytes);
  console.log(`${bytes.length} bytes: ${text.slice(0, 4000)}`);
  console.log(report);
  if (thrown !== undefined) console.log(thrown);
  return report.kind === "fault" ? 1 : 0;
}

if (Deno.args.includes("--help")) {
  console.log(USAGE);
} else if (Deno.args.includes("--list")) {
  console.log((await allTargets()).map(({ name }) => name).join("\n"));
} else {
  try {
    const options = parseFuzzOptions(Deno.args);
    const faults = await (options.index === undefined ? campaign(options) : show(options));
    Deno.exit(faults > 0 ? 1 : 0);
  } catch (error) {
    console.error(`error: ${error instanceof Error ? error.message : error}`);
    Deno.exit(2);
  }
}
