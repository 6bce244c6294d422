/**
 * Reads and prepares images, and writes predictions: of several images by a worker, so that the next is
 * read and the last one written while networks segment one; of one alone in this thread.
 */
import { WorkerClient } from "../../base/workers/worker_client.ts";
import { DicomError } from "../../formats/dicom/dicom_error.ts";
import { WriteError } from "../../formats/files/write_atomically.ts";
import { NiftiError } from "../../formats/nifti/nifti_error.ts";
import type { FileCase } from "../../imaging/data/cases/case_source.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import type { RunData } from "../../imaging/data/cases/run_data.ts";
import { type PreparedImages, prepareImages } from "../../imaging/data/preparation/prepare_case.ts";
import type { InputPlace } from "./find_inputs.ts";
import {
  type PredictionContent,
  type PredictionPlaces,
  writePrediction,
} from "./prediction_files.ts";

/** An image, prepared for one run after another. */
export type ReadImage = readonly Omit<PreparedImages, "field">[];

/** What is done beside the networks. */
export interface PredictionIo extends Disposable {
  /** Reads and prepares an image. */
  read(id: string): Promise<ReadImage>;
  /** Writes what was made of one. */
  write(places: PredictionPlaces, content: PredictionContent): Promise<void>;
}

/** What goes to the worker and back; see `base/workers`. */
export interface PredictionWork {
  readonly start: { readonly place: InputPlace; readonly datas: readonly RunData[] };
  readonly task:
    | { readonly kind: "read"; readonly id: string }
    | {
      readonly kind: "write";
      readonly places: PredictionPlaces;
      readonly content: PredictionContent;
    };
  readonly result: void;
  /** An image that was read. */
  readonly news: ReadImage;
  readonly order: never;
}

/** Reads an image and prepares it for each run. */
export async function readForRuns(
  source: FileCase,
  datas: readonly RunData[],
): Promise<ReadImage> {
  const { images } = await source.load();
  // Folds of a study mostly prepare alike.
  const made = new Map<string, ReadImage[number]>();
  return datas.map(({ preparation }) => {
    const key = JSON.stringify(preparation);
    const known = made.get(key);
    if (known !== undefined) return known;
    const { field: _, ...rest } = prepareImages(source, images, preparation);
    made.set(key, rest);
    return rest;
  });
}

/** Does it in this thread. */
export function ioHere(cases: readonly FileCase[], datas: readonly RunData[]): PredictionIo {
  const sources = new Map(cases.map((source) => [source.id, source]));
  return {
    read: (id) => readForRuns(sources.get(id)!, datas),
    write: writePrediction,
    [Symbol.dispose]() {},
  };
}

/** Has a worker do it, one thing after another. */
export function ioBeside(place: InputPlace, datas: readonly RunData[]): PredictionIo {
  const worker = new WorkerClient<PredictionWork>(
    new URL("./prediction_worker.ts", import.meta.url),
    { place, datas },
    { errors: [DatasetError, NiftiError, DicomError, WriteError] },
  );
  return {
    async read(id) {
      let found: ReadImage | undefined;
      await worker.ask({ kind: "read", id }, (image) => void (found = image));
      return found!;
    },
    write: (places, content) => worker.ask({ kind: "write", places, content }),
    [Symbol.dispose]: () => worker[Symbol.dispose](),
  };
}
