import { ConfigError } from "../../../base/config/config_error.ts";
import { BatchError, predictFiles } from "../../runs/predict_files.ts";
import { openRunFolder } from "../../runs/open_run_folder.ts";
import { findCheckpoint } from "../../runs/find_checkpoint.ts";
import { exists } from "../../../formats/files/exists.ts";
import { messageOf } from "../../../base/text/message_of.ts";
import { WriteError } from "../../../formats/files/write_atomically.ts";
import { resolve } from "../../../base/deps/std.ts";
import type { Network } from "../../../names.ts";
import type { ChallengeModel } from "./challenge_model.ts";

/**
 * A run of Tandem, which segments as `predict` does: by its default network, with what `postprocess` has
 * saved.
 *
 * @throws {RunFolderError | CheckpointError} If the folder holds no trained run.
 */
export async function runModel(
  name: string,
  dir: string,
  network: Network | undefined,
): Promise<ChallengeModel> {
  const { folder, config } = await openRunFolder(dir);
  const checkpoint = await findCheckpoint(folder);
  if (network === "stn" && config.method.networks !== "dual") {
    throw new ConfigError("network", `Cannot use network stn of ${dir}: it has trained none`);
  }
  const hashOf = async (path: string) =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", await Deno.readFile(path))).toHex();
  // what was found after the training changes segmentations, too
  const found = await exists(folder.postprocessing)
    ? ` ${await hashOf(folder.postprocessing)}`
    : "";
  return {
    name,
    source: network === undefined ? dir : `${dir} (${network})`,
    identity: `run ${network ?? "default"} ${await hashOf(checkpoint)}${found}`,
    async run({ cases, folder, list, threads, onDone, onNotice, stop }) {
      const byImage = new Map(cases.map((one) => [resolve(one.images[0]), one.id]));
      const options = {
        ...{ input: list, output: folder, skipExisting: true, threads, onNotice },
        ...network && { network },
        ...stop && { signal: stop },
        onProgress: ({ done }: { readonly done: number }) => onDone(done),
      };
      try {
        // deno-lint-ignore no-empty
        for await (const _ of predictFiles(dir, options)) {}
      } catch (error) {
        if (stop?.aborted || error instanceof WriteError) throw error;
        if (!(error instanceof BatchError)) return [{ what: "all", message: messageOf(error) }];
        return error.failures.map(({ input, message }) => ({
          what: byImage.get(resolve(input)) ?? input,
          message,
        }));
      }
      return [];
    },
  };
}
