import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { withoutOlderSettings } from "../../base/config/older_settings.ts";
import { parseConfig } from "../../base/config/parse_config.ts";
import { z } from "../../base/deps/zod.ts";
import { issueText } from "../../base/text/issue_text.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { RunFolderError } from "../../formats/run_folder/run_folder_error.ts";
import { readSavedConfig, type RunFolder, runFolder } from "../../formats/run_folder/run_folder.ts";

/** What every version has saved: settings that are not there would be taken for the defaults. */
const savedSchema = z.object({ data: z.object(), model: z.object(), training: z.object() });

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
  let config: ResolvedConfig;
  try {
    config = parseConfig(withoutOlderSettings(saved), folder.config);
  } catch (cause) {
    throw new RunFolderError(messageOf(cause), { cause });
  }
  const sections = savedSchema.safeParse(saved);
  if (!sections.success) {
    const detail = issueText(sections.error.issues[0]!, saved);
    throw new RunFolderError(`Cannot open ${folder.config}: ${detail}`);
  }
  return { folder, config };
}
