import type { JobEvent } from "../../../mod.ts";
import { Command } from "../../deps/commander.ts";
import { EXIT, ExitError } from "../../exit_code.ts";
import { listenForInterrupts } from "../../listen_for_interrupts.ts";
import { wholeNumber } from "../../option_values.ts";
import { showStudy } from "../../show_study.ts";
import { whenOutputIsLost } from "../../standard_streams.ts";
import { ownOptions } from "../../own_options.ts";

/** `tandem study run`. */
export function studyRunCommand() {
  return new Command("run")
    .description(
      "Run one run of a planned study to its evaluation, or go on with it: what a scheduler calls. " +
        "Others of the study may run at the same time, here and elsewhere.",
    )
    .argument("<study>", "folder of the study")
    .argument("<run>", "name of the run, as full-seed0")
    .option("--threads <n>", "threads (default: all cores)", wholeNumber(1, 64))
    .option("--patience <seconds>", "wait for a process that has the run", wholeNumber(0), 0)
    .option(
      "--allow-other-version",
      "go on although another version of the code trained runs of it",
    )
    .option("--json", "print JSON lines")
    .addHelpText("after", "\nExit code 75 where another process has the run.")
    .action(async (dir, run, options, command) => {
      const { threads, patience, allowOtherVersion, json = false } = ownOptions(options, command);
      const stop = new AbortController();
      whenOutputIsLost(() => stop.abort("interrupted"));
      const silence = listenForInterrupts(
        stop,
        () => "finishing the step, then saving; an evaluation under way comes to its end",
      );
      const tandem = await import("../../../mod.ts");
      const show = showStudy(false);
      const tell = (event: JobEvent) => {
        if (json) return console.log(JSON.stringify(event));
        if (event.type === "notice") return console.log(event.text);
        show(event);
      };
      try {
        const outcome = await tandem.runOneJob(dir, run, {
          ...{ stop: stop.signal, patience, onEvent: tell },
          ...threads !== undefined && { threads },
          ...allowOtherVersion && { allowOtherVersion },
        });
        if (json) console.log(JSON.stringify({ type: "result", job: run, outcome }));
        else console.log(`${run}: ${outcome === "done" ? "done" : "interrupted, and saved"}`);
        if (outcome === "interrupted") throw new ExitError(EXIT.interrupted);
      } catch (error) {
        if (!(error instanceof tandem.ClaimError)) throw error;
        console.error(`error: ${error.message}`);
        throw new ExitError(EXIT.held);
      } finally {
        silence();
      }
    });
}
