/**
 * One case of a suite: the unit of work that threads share. A task is plain data, so that it can be
 * sent to a worker, and its result depends on nothing else, so that the number of threads changes
 * no byte.
 */
import { otherFrameOf } from "../../imaging/artifacts/suites/other_frame.ts";
import type { ArtifactContext } from "../../imaging/artifacts/artifact.ts";
import type { SuiteEntry, SuiteOrigin } from "../../imaging/artifacts/suites/manifest.ts";
import {
  lastLoaded,
  makeSuiteVolume,
  planSuite,
  type SuiteOptions,
  type SuiteVolume,
} from "../../imaging/artifacts/suites/make_suite.ts";
import { replayEntry } from "../../imaging/artifacts/suites/replay.ts";
import { SuiteManifestError } from "../../imaging/artifacts/suites/manifest.ts";
import { SUITES } from "../../imaging/artifacts/suites/suite_definition.ts";
import { toCodes } from "../../base/task/label_codes.ts";
import { dirname, join } from "../../base/deps/std.ts";
import { imageOf, type NiftiImage, withVoxels } from "../../formats/nifti/nifti_image.ts";
import { encodeNifti } from "../../formats/nifti/encode_nifti.ts";
import { NiftiError } from "../../formats/nifti/nifti_error.ts";
import type { Volume, Voxels } from "../../base/volume/volume.ts";
import { gzipSync } from "node:zlib";
import type { OpenedOrigin } from "./origin.ts";
import {
  type SlicePicture,
  slicePicture,
  tellingSlice,
  windowOf,
} from "../../base/report/slice_picture.ts";
import { volumePaths } from "./suite_paths.ts";

/** The name of a suite. */
export type SuiteName = keyof typeof SUITES;

/** What all tasks of a suite share. */
export interface SuiteJob {
  readonly origin: SuiteOrigin;
  /** Volumes of each case and set. */
  readonly repeats: number;
  /** Where to write; null to write nothing. */
  readonly folder: string | null;
  /** Makes new volumes of a suite; absent: volumes are made again from their records. */
  readonly make?: { readonly suite: SuiteName; readonly options: SuiteOptions };
}

/** One case to be done. */
export interface CaseTask {
  readonly case: string;
  /** The records of the volumes that are to be made again. */
  readonly entries: readonly SuiteEntry[];
  /** Whether to draw pictures. */
  readonly pictures: boolean;
}

/** A volume that was made and written. */
export interface MadeVolume {
  readonly entry: SuiteEntry;
  /** Whether it is the one that its record tells of; true for new ones. */
  readonly identical: boolean;
  /** The clean slice and the corrupted one. */
  readonly pictures?: { readonly clean: SlicePicture; readonly corrupted: SlicePicture };
}

/** Makes the volumes of one case, in the order of the plan or of the records. */
export async function runCaseTask(
  job: SuiteJob,
  task: CaseTask,
  opened: OpenedOrigin,
): Promise<MadeVolume[]> {
  const volumes: MadeVolume[] = [];
  const source = opened.cases.find(({ id }) => id === task.case)!;
  for await (const made of volumesOf(job, task, opened)) {
    const { entry, volume, label, clean } = made;
    const paths = volumePaths(opened, entry, job.repeats);
    const files = {
      image: paths.images[0],
      ...label === undefined ? {} : { label: paths.label },
    };
    if (job.folder !== null) {
      const { images: [image] } = await made.load();
      await save(join(job.folder, paths.images[0]), onGridOf(image, volume));
      if (label !== undefined) {
        const codes = toCodes(label.data as Uint8Array, opened.task);
        await save(join(job.folder, paths.label), onGridOf(image, { ...label, data: codes }));
      }
    }
    const slice = tellingSlice(volume, clean), window = windowOf(clean);
    const draw = (shown: Volume, outlined: Volume<Voxels> | undefined) =>
      slicePicture(shown, outlined, slice, window, source.orientation);
    volumes.push({
      entry: { ...entry, files },
      identical: made.identical,
      ...task.pictures
        ? { pictures: { clean: draw(clean, made.cleanLabel), corrupted: draw(volume, label) } }
        : {},
    });
  }
  return volumes;
}

interface TaskVolume extends SuiteVolume {
  readonly identical: boolean;
  readonly cleanLabel: ArtifactContext["label"];
  load(): Promise<{ readonly images: readonly [NiftiImage, ...NiftiImage[]] }>;
}

async function* volumesOf(
  { make }: SuiteJob,
  task: CaseTask,
  { cases, task: { labels } }: OpenedOrigin,
): AsyncGenerator<TaskVolume> {
  const remembered = new Map<string, ReturnType<OpenedOrigin["cases"][number]["load"]>>();
  const sources = cases.map((source) => ({
    ...source,
    load: () => {
      const known = remembered.get(source.id) ?? source.load();
      remembered.set(source.id, known);
      return known;
    },
  }));
  const source = sources.find(({ id }) => id === task.case);
  if (source === undefined) {
    throw new SuiteManifestError(`Cannot find case ${task.case} in the data set`);
  }
  const load = lastLoaded(labels);
  const shared = { load: source.load };
  if (make !== undefined) {
    for (const item of planSuite(SUITES[make.suite], sources, make.options)) {
      if (item.source.id !== task.case) continue;
      const input = await load(item.source, item.otherFrame);
      const made = await makeSuiteVolume(item, input);
      yield { ...made, ...shared, identical: true, cleanLabel: input.context.label };
    }
    return;
  }
  const other = otherFrameOf(source, sources);
  for (const entry of task.entries) {
    const input = await load(source, entry.input.otherFrame === undefined ? undefined : other);
    yield { ...await replayEntry(entry, input), ...shared, cleanLabel: input.context.label };
  }
}

/** A volume with the header of a case where it lies on the case's grid. */
function onGridOf(image: NiftiImage, volume: Volume<Voxels>): NiftiImage {
  const same = volume.shape.join() === image.volume.shape.join() &&
    volume.affine.join() === image.volume.affine.join();
  if (same) return withVoxels(image, volume.data);
  return imageOf(volume, image.header.description);
}

/** Fast compression: float voxels hardly shrink further, and suites have many. */
const GZIP_LEVEL = 1;

async function save(path: string, image: NiftiImage): Promise<void> {
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(path, gzipSync(encodeNifti(image, path), { level: GZIP_LEVEL }));
  } catch (cause) {
    if (cause instanceof NiftiError) throw cause;
    throw new NiftiError("write", `Cannot write ${path}: ${(cause as Error).message}`, { cause });
  }
}
