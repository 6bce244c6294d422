/** What `train` would do with a data set. */
import type { LayoutName } from "../../names.ts";
import { ConfigError } from "../../base/config/config_error.ts";
import { resolve } from "../../base/deps/std.ts";
import type { Task } from "../../base/task/task.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { resolveConfig } from "../../formats/files/resolve_config.ts";
import type { FileCase } from "../../imaging/data/cases/case_source.ts";
import { openRunCases } from "../../imaging/data/cases/run_cases.ts";
import { choosePreparation } from "../../imaging/data/preparation/choose_preparation.ts";
import { takeFingerprint } from "../../imaging/data/preparation/fingerprint.ts";
import { levelsFor } from "../../learning/models/levels.ts";
import type { InspectedGrid, Problem, TrainingOutlook } from "./inspection.ts";
import { problemOf } from "./problem_of.ts";
import { estimateTraining } from "./step_estimate.ts";

function configOf(path: string, layout: LayoutName | "auto") {
  return resolveConfig({ flags: { data: { dir: resolve(path), layout } } });
}

/** What `train` says where it refuses the data set as a whole. */
export async function refusalOf(
  path: string,
  layout: LayoutName | "auto",
): Promise<Problem | undefined> {
  try {
    await openRunCases(await configOf(path, layout));
    return undefined;
  } catch (error) {
    const about = { severity: "error", files: [path] } as const;
    if (!(error instanceof ConfigError)) return problemOf(error, about);
    return { ...about, text: messageOf(error), advice: `set ${error.keyPath} otherwise` };
  }
}

/** What `auto` chooses from the cases that can be used, and what a step then asks for. */
export async function outlookOf(
  path: string,
  layout: LayoutName | "auto",
  task: Task,
  usable: readonly FileCase[],
  grids: readonly InspectedGrid[],
  threads: number,
): Promise<TrainingOutlook> {
  const config = await configOf(path, layout);
  const fingerprint = await takeFingerprint(usable, config.data);
  const preparation = choosePreparation(config.data, fingerprint);
  const channels = task.channels.length;
  const estimate = estimateTraining(config, preparation, grids, channels, threads);
  const levels = levelsFor(config.model.levels, preparation.size);
  return { preparation, levels, fingerprint, estimate };
}
