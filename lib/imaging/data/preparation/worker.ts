/** What the worker of `case_preparation.ts` runs. */
import { serveTasks } from "../../../base/workers/serve_tasks.ts";
import { openOrigin } from "../cases/open_cases.ts";
import { type PreparationWork, takeCase } from "./messages.ts";
import { type PreparedVoxels, prepareVoxels } from "./prepare_case.ts";

serveTasks<PreparationWork>(async ({ origin, preparation }) => {
  const { cases } = await openOrigin(origin);
  const sources = new Map(cases.map((source) => [source.id, source]));
  return {
    async work(list, tell) {
      for (const id of list.ids) {
        if (!takeCase(list, id)) continue;
        let voxels: PreparedVoxels;
        try {
          voxels = await prepareVoxels(sources.get(id)!, preparation);
        } catch {
          // The main thread tries it again, and meets the error itself.
          tell({ id });
          continue;
        }
        tell({ id, voxels }, buffersOf(voxels));
      }
    },
  };
});

/** The memory that goes to the main thread instead of being copied. */
function buffersOf({ images, labels, field, reference }: PreparedVoxels): ArrayBuffer[] {
  const arrays = [images, labels, field.images, field.labels, reference.label?.data];
  const buffers = arrays.flatMap((array) => array ? [array.buffer as ArrayBuffer] : []);
  return [...new Set(buffers)];
}
