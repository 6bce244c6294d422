import { Command } from "../deps/commander.ts";
import { endAtInterrupts } from "../listen_for_interrupts.ts";
import { studyTable } from "../study_table.ts";

/** `tandem report`. */
export function reportCommand() {
  return new Command("report")
    .description(
      "Write tables and page of a study, finished or not, of a single run, or of scores of " +
        "predictions, from its folder alone.",
    )
    .argument("<folder>", "folder of a study, a run, or scores")
    .option("--no-slices", "leave slices of images out of the page, so that it can be published")
    .option("--json", "print JSON")
    .action(async (folder, { slices, json = false }) => {
      using _interrupts = endAtInterrupts();
      const tandem = await import("../../mod.ts");
      const { summary, page } = await tandem.reportStudy(folder, { slices });
      console.log(json ? JSON.stringify({ page, summary }) : studyTable(summary));
      if (!json) console.log(`tables and page are written: ${page}`);
    });
}
