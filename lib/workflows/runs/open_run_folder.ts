import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { withoutOlderSettings } from "../../base/config/older_settings.ts";
import { parseConfig } from "../../base/config/parse_config.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { RunFolderError } from "../../formats/run_folder/run_folder_error.ts";
import { readSavedConfig, type RunFolder, runFolder } from "../../formats/run_folder/run_folder.ts";

/**
 * Opens the folder of a run that was started before.
 *
 * @throws {RunFolderError} If it is none, or its configuration is no valid one: nobody who opens a run
 * has set it.
 */
export async function openRunFolder(
  dir: string,
): Promise<{ folder: RunFolder; config: ResolvedConfig }> {
  const folder = runFolder(dir), saved = await readSavedConfig(folder);
  try {
    return { folder, config: parseConfig(withoutOlderSettings(saved), folder.config) };
  } catch (cause) {
    throw new RunFolderError(messageOf(cause), { cause });
  }
}
