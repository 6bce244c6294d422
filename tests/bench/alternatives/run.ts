/**
 * One alternative at one kind of work, in a process of its own. Arguments: the alternative, the
 * work to time and the work to check as JSON, how often, threads, and where the results of the
 * check go. Prints one line of JSON: {@linkcode Timing}.
 */
import { writeSafetensors } from "../../../lib/formats/safetensors/files.ts";
import { type AlternativeName, ALTERNATIVES } from "./alternatives.ts";
import type { Work } from "./work.ts";

/** What a run tells. */
export interface Timing {
  /** Seconds of each run after those that warm up. */
  readonly seconds: readonly number[];
}

/** Runs that warm up, and seconds after which no other of them is begun. */
const WARM_UP = { runs: 3, seconds: 10 };
/** Seconds after which no run is begun, but for the first that counts. */
const BUDGET = 60;

async function main(): Promise<void> {
  const [name, timedWork, checkedWork, runs, threads, file] = Deno.args as [
    ...[AlternativeName, string, string, string, string, string],
  ];
  const prepare = await ALTERNATIVES[name].load();
  const check = await prepare(JSON.parse(checkedWork) as Work, Number(threads));
  await writeSafetensors(file, new Map(Object.entries(await check.results())));
  const task = await prepare(JSON.parse(timedWork) as Work, Number(threads));
  const started = performance.now(), seconds: number[] = [];
  const spent = () => (performance.now() - started) / 1000;
  for (let i = 0; i < WARM_UP.runs && spent() < WARM_UP.seconds; i++) await task.run();
  while (seconds.length < Number(runs) && (seconds.length === 0 || spent() < BUDGET)) {
    const before = spent();
    await task.run();
    seconds.push(spent() - before);
  }
  console.log(JSON.stringify({ seconds } satisfies Timing));
  // Workers of an alternative would hold the process open.
  Deno.exit();
}

await main();
