/** What the worker of `prediction_io.ts` runs. */
import { serveTasks } from "../../base/workers/serve_tasks.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import { findInputs } from "./find_inputs.ts";
import { writePrediction } from "./prediction_files.ts";
import { type PredictionWork, readForRuns } from "./prediction_io.ts";

serveTasks<PredictionWork>(async ({ place, datas }) => {
  const { cases } = await findInputs(place, datas[0]!);
  const sources = new Map(cases.map((source) => [source.id, source]));
  return {
    async work(task, tell) {
      if (task.kind === "write") return await writePrediction(task.places, task.content);
      const source = sources.get(task.id);
      if (source === undefined) {
        throw new DatasetError(`Cannot load ${task.id}: it is not there any more`);
      }
      const image = await readForRuns(source, datas);
      // Memory goes to the main thread instead of being copied.
      const buffers = new Set(image.map(({ images }) => images.buffer as ArrayBuffer));
      tell(image, [...buffers]);
    },
  };
});
