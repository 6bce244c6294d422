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
import { encodeNiftiFrames } from "../../formats/nifti/encode_nifti_frames.ts";
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
  /** The layout that sets are written in, where it is not the origin's. */
  readonly layout?: string;
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
  /** What a person should know of the files that it was made from. */
  readonly warnings?: readonly string[];
  /** The clean slice and the corrupted one. */
  readonly pictures?: { readonly clean: SlicePicture; readonly corrupted: SlicePicture };
}

/**
 * Makes the volumes of one case, a channel each, in the order of the plan or of the records.
 *
 * @param beforeEach Is waited for before each image, which may throw.
 */
export async function runCaseTask(
  job: SuiteJob,
  task: CaseTask,
  opened: OpenedOrigin,
  beforeEach: () => Promise<void> = () => Promise.resolve(),
): Promise<MadeVolume[]> {
  const volumes: MadeVolume[] = [];
  const source = opened.cases.find(({ id }) => id === task.case)!;
  for await (const { channels, load } of imagesOf(job, task, opened)) {
    await beforeEach();
    const [{ entry, label, cleanLabel }] = channels;
    const paths = volumePaths(opened, entry, job.repeats);
    let warnings: readonly string[] = [];
    if (job.folder !== null) {
      const { images } = await load();
      warnings = images.flatMap((image) => image.warnings);
      const made = channels.map(({ volume }, n) => onGridOf(images[n]!, volume));
      await saveImages(job.folder, paths.images, made as [NiftiImage, ...NiftiImage[]]);
      if (label !== undefined) {
        const codes = toCodes(label.data as Uint8Array, opened.task);
        await save(join(job.folder, paths.label), [
          onGridOf(images[0], { ...label, data: codes }),
        ]);
      }
    }
    channels.forEach(({ entry, identical, volume, clean }, n) => {
      const files = {
        image: paths.images[n] ?? paths.images[0],
        ...label === undefined ? {} : { label: paths.label },
      };
      const slice = tellingSlice(volume, clean), window = windowOf(clean);
      const draw = (shown: Volume, outlined: Volume<Voxels> | undefined) =>
        slicePicture(shown, outlined, slice, window, source.orientation);
      volumes.push({
        entry: { ...entry, files },
        identical,
        ...warnings.length > 0 && { warnings },
        ...task.pictures && n === 0
          ? { pictures: { clean: draw(clean, cleanLabel), corrupted: draw(volume, label) } }
          : {},
      });
    });
  }
  return volumes;
}

/** One image with an artifact. */
interface TaskImage {
  readonly channels: readonly [TaskVolume, ...TaskVolume[]];
  /** Reads the clean one. */
  load(): Promise<{ readonly images: readonly [NiftiImage, ...NiftiImage[]] }>;
}

interface TaskVolume extends SuiteVolume {
  readonly identical: boolean;
  readonly cleanLabel: ArtifactContext["label"];
}

async function* imagesOf(
  { make }: SuiteJob,
  task: CaseTask,
  { cases, task: { labels, channels: { length } } }: OpenedOrigin,
): AsyncGenerator<TaskImage> {
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
  const loaders = Array.from({ length }, (_, channel) => lastLoaded(labels, channel));
  const { load } = source;
  if (make !== undefined) {
    for (const item of planSuite(SUITES[make.suite], sources, make.options)) {
      if (item.source.id !== task.case) continue;
      const channels: TaskVolume[] = [];
      for (const loader of loaders) {
        const input = await loader(item.source, item.otherFrame);
        const made = await makeSuiteVolume(item, input);
        channels.push({ ...made, identical: true, cleanLabel: input.context.label });
      }
      yield { channels: channels as [TaskVolume, ...TaskVolume[]], load };
    }
    return;
  }
  const other = otherFrameOf(source, sources);
  for (const entries of recordsByImage(task, length)) {
    const channels: TaskVolume[] = [];
    for (const [channel, entry] of entries.entries()) {
      const needed = entry.input.otherFrame === undefined ? undefined : other;
      const input = await loaders[channel]!(source, needed);
      const made = await replayEntry(entry, input);
      channels.push({ ...made, cleanLabel: input.context.label });
    }
    yield { channels: channels as [TaskVolume, ...TaskVolume[]], load };
  }
}

/** The records of each image, which stand one behind the other, a channel each. */
function recordsByImage({ entries, case: id }: CaseTask, channels: number): SuiteEntry[][] {
  const images: SuiteEntry[][] = [];
  for (const entry of entries) {
    // The first record begins an image whatever it is, so that none is passed over.
    if (entry.channel === undefined || images.length === 0) images.push([]);
    images.at(-1)!.push(entry);
  }
  for (const own of images) {
    const { set, repeat } = own[0]!;
    const whole = own.length === channels &&
      own.every((entry, n) =>
        entry.set === set && entry.repeat === repeat && (entry.channel ?? 0) === n
      );
    if (whole) continue;
    throw new SuiteManifestError(
      `Cannot replay ${set} of ${id}: its records are of channels ${
        own.map(({ channel = 0 }) => channel).join(", ")
      }, wanted 0 to ${channels - 1} in this order`,
    );
  }
  return images;
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

/** Writes a file a channel, or all channels into one file, as the layout has it. */
async function saveImages(
  folder: string,
  paths: readonly string[],
  images: readonly [NiftiImage, ...NiftiImage[]],
): Promise<void> {
  if (paths.length === 1) return await save(join(folder, paths[0]!), images);
  for (const [n, image] of images.entries()) await save(join(folder, paths[n]!), [image]);
}

async function save(
  path: string,
  images: readonly [NiftiImage, ...NiftiImage[]],
): Promise<void> {
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(path, gzipSync(encodeNiftiFrames(images, path), { level: GZIP_LEVEL }));
  } catch (cause) {
    if (cause instanceof NiftiError) throw cause;
    throw new NiftiError("write", `Cannot write ${path}: ${(cause as Error).message}`, { cause });
  }
}
