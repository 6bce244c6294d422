import { Command } from "../../deps/commander.ts";
import { wholeNumber } from "../../option_values.ts";
import { ownOptions } from "../../own_options.ts";

/** `tandem study jobs`. */
export function studyJobsCommand() {
  return new Command("jobs")
    .description(
      "Print one command a run that is not done, each complete in itself, for any scheduler: GNU " +
        "parallel, Snakemake, Nextflow, PBS, a shell. `study --engine none` plans without running.",
    )
    .argument("<study>", "folder of the study")
    .option("--threads <n>", "threads of each run (default: all cores)", wholeNumber(1, 64))
    .option("--json", "print JSON")
    .action(async (dir, options, command) => {
      const { threads, json = false } = ownOptions(options, command);
      const tandem = await import("../../../mod.ts");
      const jobs = await tandem.jobCommands(dir, threads === undefined ? {} : { threads });
      const report = tandem.reportCommand(dir);
      if (json) return console.log(JSON.stringify({ jobs, report }));
      for (const command of jobs) console.log(command);
      console.error(`${jobs.length} runs are left; afterwards: ${report}`);
    });
}
