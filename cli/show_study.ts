import type { StudyEvent } from "../mod.ts";
import { createBar } from "./deps/cli_progress.ts";
import { duration } from "./duration.ts";
import { studyTable } from "./study_table.ts";

/** Seconds between two plain lines about the same run. */
const LINE_INTERVAL = 10;

/**
 * Shows a study: which run is under way and how long all will take, as a bar on a terminal and as a
 * line every few seconds elsewhere, and after each run the table so far.
 *
 * @param several Whether more than one run is under way at once, which one bar cannot show.
 * @param now A clock in milliseconds.
 */
export function showStudy(
  several: boolean,
  now: () => number = () => performance.now(),
): (event: StudyEvent) => void {
  const onTerminal = Deno.stdout.isTerminal() && Deno.stderr.isTerminal();
  const bar = onTerminal && !several ? studyBar() : undefined;
  const shownAt = new Map<string, number>();
  const due = (job: string, last: boolean) => {
    const before = shownAt.get(job) ?? -Infinity;
    if (!last && now() - before < LINE_INTERVAL * 1000) return false;
    shownAt.set(job, now());
    return true;
  };
  const say = (text: string) => {
    bar?.end();
    console.log(text);
  };
  return (event) => {
    // of a single run the study's end is not known
    const left = event.secondsLeft === undefined
      ? ""
      : `, ${duration(event.secondsLeft ?? Infinity)} left in all`;
    switch (event.type) {
      case "study":
        return say(`study folder: ${event.dir} (${event.done} of ${event.jobs} runs done)`);
      case "notice":
        // What a run says of its data is in its folder, and the same for every run.
        return event.job === undefined ? say(event.text) : undefined;
      case "job-start":
        return say(event.firstStep === 0 ? `${event.job}: starts` : `${event.job}: goes on`);
      case "step": {
        const { job, step, totalSteps, loss } = event;
        const text = `loss ${loss.toFixed(3)}${left}`;
        if (bar) return bar.show(`${job}: training`, step, totalSteps, text);
        if (!due(job, step === totalSteps)) return;
        return say(`${job}: step ${step}/${totalSteps}, ${text}`);
      }
      case "evaluation": {
        const { job, volumes, total } = event;
        if (bar) return bar.show(`${job}: evaluating`, volumes, total, left.slice(2));
        if (!due(job, volumes === 0)) return;
        return say(`${job}: evaluating, volume ${volumes}/${total}${left}`);
      }
      case "job-done":
        return say(`${event.job}: done${left}`);
      case "job-failed":
        bar?.end();
        return console.error(`${event.job}: failed: ${event.message}`);
      case "summary":
        // The last one comes with the report.
        return event.summary.done < event.summary.jobs ? say(studyTable(event.summary)) : undefined;
      case "page":
        return say(`tables and page are written: ${event.path}`);
    }
  };
}

/** A bar that is drawn anew for each part of each run. */
function studyBar() {
  const bar = createBar({
    format: "{what} {bar} {value}/{total} | {text}",
    hideCursor: true,
    barsize: 16,
    linewrap: false,
  });
  let shown: string | undefined;
  const end = () => {
    if (shown !== undefined) bar.stop();
    shown = undefined;
  };
  return {
    end,
    show(what: string, value: number, total: number, text: string) {
      if (shown !== what) {
        end();
        bar.start(total, value, { what, text });
        shown = what;
      } else {
        bar.update(value, { what, text });
      }
    },
  };
}
