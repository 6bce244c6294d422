import { Command } from "../deps/commander.ts";
import { endAtInterrupts } from "../listen_for_interrupts.ts";
import { wholeNumber } from "../option_values.ts";

/** `tandem view`. */
export function viewCommand() {
  return new Command("view")
    .description(
      "Serve a run to the browser of this computer: scans segmented and spoilt by artifacts, in " +
        "the page itself, and its training as it goes on.",
    )
    .argument("<run>", "folder of a run, or of a study")
    .option("--port <n>", "port on 127.0.0.1 (default: a free one)", wholeNumber(0, 65535), 0)
    .option("--json", "print JSON")
    .action(async (run, { port, json = false }) => {
      using _interrupts = endAtInterrupts();
      const { startView } = await import("../../mod.ts");
      const { url, finished } = await startView(run, { port });
      console.log(json ? JSON.stringify({ url }) : `${url}\nCtrl-C ends it`);
      await finished;
    });
}
