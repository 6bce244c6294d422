/** Measures Tandem on this machine: `deno task bench`; `--help` tells the options. */
import { renderTable } from "../../cli/deps/cli_table.ts";
import { fmaPeak } from "./fma_peak.ts";
import { compareToKept, KEPT, type KeptDay, readKept, withDay } from "./kept_marks.ts";
import { measureAccuracy } from "./measure_accuracy.ts";
import { measureAlternatives } from "./measure_alternatives.ts";
import { measureArtifacts } from "./measure_artifacts.ts";
import { measureData } from "./measure_data.ts";
import { measureInference } from "./measure_inference.ts";
import { measureKernels } from "./measure_kernels.ts";
import { measureScale } from "./measure_scale.ts";
import { measureScaling } from "./measure_scaling.ts";
import { measureStartup } from "./measure_startup.ts";
import { measureStep } from "./measure_step.ts";
import { measureThreads } from "./measure_threads.ts";
import { type Measurement, showSeconds } from "./measurement.ts";
import { type BenchOptions, type MeasurementName, parseBenchOptions, USAGE } from "./options.ts";
import { measurePage } from "./page/measure_page.ts";
import { profileCard } from "./profile_card.ts";
import { profileStep } from "./profile_step.ts";

/** Each measurement, as often as the options ask for it. */
async function* measure(
  name: MeasurementName,
  options: BenchOptions,
): AsyncGenerator<Measurement> {
  const { sizes, kinds } = options, largest = Math.max(...sizes);
  switch (name) {
    case "step":
      for (const size of sizes) {
        for (const kind of kinds) {
          const run = !options.profile
            ? measureStep
            : options.device === "gpu"
            ? profileCard
            : profileStep;
          yield await run(options, kind, size);
        }
      }
      return;
    case "kernels":
      return yield await measureKernels(options, largest);
    case "accuracy":
      return yield await measureAccuracy(options);
    case "scaling":
      return yield await measureScaling(options);
    case "threads":
      return yield await measureThreads(options, Math.min(...sizes));
    case "startup":
      return yield await measureStartup(options);
    case "inference":
      return yield await measureInference(options, largest);
    case "data":
      return yield await measureData(options, largest);
    case "scale":
      return yield await measureScale(options);
    case "artifacts":
      return yield measureArtifacts(options);
    case "alternatives":
      return yield await measureAlternatives(options, Math.min(...sizes));
    case "page":
      return yield await measurePage(options, largest);
  }
}

async function main(options: BenchOptions): Promise<void> {
  const { cpu, ...machine } = {
    cpu: (await import("node:os")).cpus()[0]?.model ?? "unknown processor",
    cores: navigator.hardwareConcurrency,
    deno: Deno.version.deno,
  };
  if (!options.json) console.log(`${cpu}, ${machine.cores} cores, Deno ${machine.deno}`);
  const results: Record<string, Measurement["values"][]> = {};
  const marks: Record<string, number> = {};
  const peak = options.gate || options.keep ? await fmaPeak(options.threads) : undefined;
  for (const name of options.only) {
    for await (const { values, head, rows, note, marks: found = [] } of measure(name, options)) {
      (results[name] ??= []).push(values);
      for (const mark of found) marks[mark.name] = mark.seconds;
      if (options.json) continue;
      console.log(`\n${renderTable(head, rows)}`);
      if (note !== undefined) console.log(note);
    }
  }
  if (peak !== undefined) {
    // Once before and once behind: the machine is shared.
    const mean = (peak + await fmaPeak(options.threads)) / 2;
    const date = new Date().toISOString().slice(0, 10);
    const day = { cpu, threads: options.threads, deno: machine.deno, date, peak: mean, marks };
    const gate = await compareAndKeep(options, day);
    if (gate) results.gate = [{ ...gate }];
  }
  if (!options.json) return;
  const all = Object.values(results).flat();
  console.log(JSON.stringify(all.length === 1 ? all[0] : { cpu, ...machine, ...results }));
}

/** Prints what was kept beside what was measured, and keeps the latter, as the options ask for. */
async function compareAndKeep({ gate, keep, json }: BenchOptions, day: KeptDay) {
  const days = await readKept(KEPT), compared = gate ? compareToKept(days, day) : undefined;
  const kept = days.find(({ cpu, threads }) => cpu === day.cpu && threads === day.threads);
  if (gate && !json) {
    const head = ["beside what was kept", "now", "kept", "ratio at the day's peak"];
    const rows = (compared ?? []).map(({ name, seconds, before, ratio }) => [
      ...[name, showSeconds(seconds), showSeconds(before), ratio.toFixed(2)],
    ]);
    console.log(
      kept === undefined
        ? `\nnothing is kept of ${day.cpu} with ${day.threads} threads: bench --keep does`
        : `\n${renderTable(head, rows)}\nFMA peak ${day.peak.toFixed(0)} GFLOP/s now, ` +
          `${kept.peak.toFixed(0)} on ${kept.date} (Deno ${kept.deno}); below 1 is faster`,
    );
  }
  if (keep) {
    await Deno.writeTextFile(KEPT, JSON.stringify(withDay(days, day), undefined, 2) + "\n");
    if (!json) console.log(`\nkept in ${KEPT.pathname}`);
  }
  return compared && { peak: day.peak, marks: compared };
}

if (Deno.args.includes("--help")) {
  console.log(USAGE);
} else {
  try {
    await main(parseBenchOptions(Deno.args));
  } catch (error) {
    console.error(`error: ${error instanceof Error ? error.message : error}`);
    Deno.exit(error instanceof RangeError || error instanceof TypeError ? 2 : 1);
  }
}
