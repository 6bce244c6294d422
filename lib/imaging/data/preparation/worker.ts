/** What the worker of `case_preparation.ts` runs. */
import type { CaseSource } from "../cases/case_source.ts";
import { openCases } from "../cases/open_cases.ts";
import { type PreparedVoxels, type PrepareOptions, prepareVoxels } from "./prepare_case.ts";
import {
  type CaseList,
  type PreparationAnswer,
  type PreparationRequest,
  takeCase,
} from "./messages.ts";

/** The part of a worker's global scope that is used. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<PreparationRequest>) => void) | null;
  postMessage(message: PreparationAnswer, transfer: ArrayBuffer[]): void;
}

const scope = globalThis as unknown as WorkerScope;
let sources: Promise<ReadonlyMap<string, CaseSource>>;
let options: PrepareOptions;
/** One list after the other. */
let lists = Promise.resolve();

scope.onmessage = ({ data }) => {
  if ("origin" in data) {
    options = data.options;
    sources = openCases(data.origin).then((cases) =>
      new Map(cases.map((source) => [source.id, source]))
    );
  } else {
    lists = lists.then(() => prepareList(data));
  }
};

async function prepareList(list: CaseList): Promise<void> {
  const known = await sources;
  for (const id of list.ids) {
    if (!takeCase(list, id)) continue;
    let voxels: PreparedVoxels;
    try {
      voxels = await prepareVoxels(known.get(id)!, options);
    } catch {
      // The main thread tries it again, and meets the error itself.
      scope.postMessage({ id }, []);
      continue;
    }
    scope.postMessage({ id, voxels }, buffersOf(voxels));
  }
}

/** The memory that goes to the main thread instead of being copied. */
function buffersOf({ images, labels, field, reference }: PreparedVoxels): ArrayBuffer[] {
  const arrays = [images, labels, field.images, field.labels, reference.label?.data];
  return arrays.flatMap((array) => array ? [array.buffer as ArrayBuffer] : []);
}
