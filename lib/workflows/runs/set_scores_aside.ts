import { exists } from "../../formats/files/exists.ts";
import type { RunFolder } from "../../formats/run_folder/run_folder.ts";
import type { TrainingEvents } from "../../learning/training/events.ts";

/**
 * Has the first step of a sitting set aside what an earlier evaluation left: its scores are none of the
 * weights that come now, and whoever reads the run takes `evaluation.json` for theirs. It stays as
 * `evaluation.earlier.json` until the run is evaluated again.
 *
 * @param onNotice Is told of it, in one line.
 */
export function setScoresAside(
  events: TrainingEvents,
  { evaluation, severityCurves }: RunFolder,
  onNotice: (line: string) => void = () => {},
): void {
  let isFirst = true;
  events.on("step", async () => {
    if (!isFirst) return;
    isFirst = false;
    if (!await exists(evaluation)) return;
    const earlier = evaluation.replace(/\.json$/, ".earlier.json");
    await Deno.rename(evaluation, earlier);
    if (await exists(severityCurves)) await Deno.remove(severityCurves);
    onNotice(`the scores of the weights before are kept as ${earlier}`);
  });
}
