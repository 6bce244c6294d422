import type { RunStatus, StudyStatus } from "../mod.ts";
import { renderTable } from "./deps/cli_table.ts";
import { duration } from "./duration.ts";

/** The order in which states are counted. */
const STATES = ["done", "running", "waiting", "failed", "open"] as const;

/** Where the runs of a study stand, as text: those that are not done in a row each. */
export function statusTable({ dir, runs, report }: StudyStatus): string {
  const rows = runs.filter(({ state }) => state !== "done").map((run) => [
    run.run,
    run.state,
    [run.job ?? [], run.host === undefined ? [] : `on ${run.host}`].flat().join(" "),
    run.steps === undefined ? String(run.step) : `${run.step}/${run.steps}`,
    timeText(run),
    run.reason ?? "",
  ]);
  const counts = STATES.flatMap((state) => {
    const { length } = runs.filter((run) => run.state === state);
    return length === 0 ? [] : [`${length} ${state}`];
  });
  return [
    ...rows.length === 0
      ? []
      : [renderTable(["run", "state", "job", "step", "time left", "why"], rows)],
    `${dir}: ${counts.join(", ")} of ${runs.length} runs`,
    ...report === undefined ? [] : [
      `tables and page: job ${report.id}, ${report.kind}${
        report.reason ? ` (${report.reason})` : ""
      }`,
    ],
  ].join("\n");
}

/** To the last step, and to the end of the job's limit. */
function timeText({ state, secondsLeft, limitLeft }: RunStatus): string {
  if (state !== "running") return "";
  return [
    secondsLeft === undefined ? [] : duration(secondsLeft),
    limitLeft === undefined ? [] : `limit in ${limitLeft}`,
  ].flat().join(", ");
}
