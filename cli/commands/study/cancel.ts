import { Command } from "../../deps/commander.ts";
import { ownOptions } from "../../own_options.ts";

/** `tandem study cancel`. */
export function studyCancelCommand() {
  return new Command("cancel")
    .description(
      "Take all jobs of a study out of Slurm's queue. Runs under way save first; the study can be " +
        "submitted again.",
    )
    .argument("<study>", "folder of the study")
    .option("--json", "print JSON")
    .action(async (dir, options, command) => {
      const { json = false } = ownOptions(options, command);
      const tandem = await import("../../../mod.ts");
      const cancelled = await tandem.cancelStudy(dir);
      if (json) return console.log(JSON.stringify(cancelled));
      const { running, waiting } = cancelled;
      console.log(
        `cancelled: ${running.length} running, which save first, ${waiting.length} waiting`,
      );
    });
}
