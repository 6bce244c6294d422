import type { StudyEstimate } from "../mod.ts";
import { renderTable } from "./deps/cli_table.ts";
import { duration } from "./duration.ts";

/** What a study would do and about how long it would take, as text. */
export function estimateTable(
  { jobs, secondsPerStep, secondsPerVolume, seconds }: StudyEstimate,
  dir: string,
): string {
  const rows = jobs.map(({ job, steps, volumes, seconds }) => [
    `${dir}/runs/${job.id}`,
    String(steps),
    secondsPerStep[job.method]!.toFixed(3),
    String(volumes),
    duration(seconds),
  ]);
  const { preparation, evaluation } = secondsPerVolume;
  if (jobs.length === 0) return `all runs in ${dir} are done; nothing was written`;
  return [
    renderTable(["run", "steps", "s a step", "test volumes", "about"], rows),
    `${jobs.length} runs, about ${
      duration(seconds)
    } one after the other: two steps of each method ` +
    `and one volume were measured (${preparation.toFixed(2)} s to prepare, once a study; ` +
    `${evaluation.toFixed(2)} s to segment and score); validation and pictures not counted; ` +
    "nothing was written",
  ].join("\n");
}
