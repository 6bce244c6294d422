import { Command } from "../../deps/commander.ts";
import { EXIT, ExitError } from "../../exit_code.ts";
import { listenForInterrupts } from "../../listen_for_interrupts.ts";
import { wholeNumber } from "../../option_values.ts";
import { countVolumes } from "./count_volumes.ts";

/** `tandem artifacts replay`. */
export function replayCommand() {
  return new Command("replay")
    .description("Make the volumes of a manifest again, byte for byte.")
    .argument("<manifest>", "the manifest.json of a suite")
    .option("-o, --output <dir>", "where to write (default: compare only, write nothing)")
    .option("-i, --input <dir>", "the data set, if it lies elsewhere than the manifest says")
    .option("--threads <n>", "threads (default: all cores)", wholeNumber(1, 64))
    .option("--overwrite", "replace what an earlier suite left in the folder")
    .addHelpText(
      "after",
      "\nExit code 3 where a volume comes out otherwise than the manifest records it.",
    )
    .action(async (path, { output, input, threads, overwrite = false }) => {
      const stop = new AbortController();
      listenForInterrupts(stop, () => "ending; the output folder stays as it was");
      const { replayManifest } = await import("../../../mod.ts");
      const { manifest, changed, written } = await replayManifest(path, {
        overwrite,
        ...output === undefined ? {} : { output },
        ...input === undefined ? {} : { input },
        ...threads === undefined ? {} : { threads },
        onProgress: countVolumes(),
        onNotice: (text) => console.error(text),
        stop: stop.signal,
      });
      for (const { set, case: id, repeat } of changed) {
        console.log(`changed: ${set} of ${id}, repeat ${repeat}`);
      }
      const total = manifest.volumes.length;
      console.log(`${total - changed.length} of ${total} volumes as the manifest records them`);
      if (written !== undefined) console.log(`written to ${written.folder}: see ${written.page}`);
      if (changed.length > 0) throw new ExitError(EXIT.badData);
    });
}
