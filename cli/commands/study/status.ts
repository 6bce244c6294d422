import { Command } from "../../deps/commander.ts";
import { endAtInterrupts } from "../../listen_for_interrupts.ts";
import { statusTable } from "../../status_table.ts";
import { ownOptions } from "../../own_options.ts";

/** `tandem study status`. */
export function studyStatusCommand() {
  return new Command("status")
    .description(
      "Tell where each run of a study stands, from its folder and, where it was submitted, Slurm's " +
        "queue: done, running (host, step, time left), waiting, failed and why.",
    )
    .argument("<study>", "folder of the study")
    .option("--json", "print JSON")
    .action(async (dir, options, command) => {
      const { json = false } = ownOptions(options, command);
      using _interrupts = endAtInterrupts();
      const tandem = await import("../../../mod.ts");
      const status = await tandem.studyStatus(dir);
      if (json) return console.log(JSON.stringify(status));
      console.log(statusTable(status));
      for (const line of status.notices) console.error(line);
    });
}
