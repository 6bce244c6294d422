/** A volume in memory, segmented in its own grid. */
import type { Task } from "../../base/task/task.ts";
import type { Volume, Voxels } from "../../base/volume/volume.ts";
import { unknownName } from "../../base/text/unknown_name.ts";
import { assertFinite, imageOf, type NiftiImage } from "../../formats/nifti/nifti_image.ts";
import { type Cleaning, cleanLabels } from "../../imaging/components/clean_labels.ts";
import type { RunData } from "../../imaging/data/cases/run_data.ts";
import { prepareImages } from "../../imaging/data/preparation/prepare_case.ts";
import type { Segmenter } from "../models/segmenter.ts";
import { checkSameTask } from "./same_task.ts";
import { type ShownSlices, testTimeRefusal } from "./shown_views.ts";
import {
  type Member,
  type SegmentedGrid,
  segmentPrepared,
  type SegmentPreparedOptions,
} from "./segment_prepared.ts";

/** Trained networks, and how what they see is prepared; a loaded run is one. */
export interface VolumeModel {
  /** The networks. */
  readonly segmenter: Pick<Segmenter, "networks" | "segment">;
  /**
   * What they segment, how their cases are prepared, and how slices are turned where headers cannot
   * tell.
   */
  readonly data: Pick<RunData, "task" | "preparation"> & Partial<Pick<RunData, "turn">>;
  /** How slices were varied in training; where it is known, `testTime` is held to it. */
  readonly config?: { readonly data: Pick<ShownSlices, "augmentation"> };
}

/** What to make of a volume. */
export interface SegmentVolumeOptions
  extends SegmentPreparedOptions, Omit<Cleaning, "keepLargest"> {
  /** Names of labels of which only the largest connected piece stays, or "all"; none by default. */
  readonly keepLargest?: readonly string[] | "all";
  /** What errors and warnings call the volume. */
  readonly name?: string;
  /** Is told what is odd about the volume, a line each. */
  readonly onNotice?: (line: string) => void;
}

/**
 * Segments a volume of any grid and orientation: it is prepared as the networks' training cases were,
 * and what they say is brought back. Reads and writes no file; runs in a browser, too.
 *
 * @param model Trained networks, or several of one task, whose probabilities are averaged in the
 * volume's grid, each after its own preparation.
 * @param volume Intensities with an affine in mm (RAS+), or one a channel of the task, all on one grid.
 * @throws {TypeError} If channels are not as many as the task's, or lie on grids of different shape.
 * @throws {NiftiError} ("value") If a voxel is not finite.
 * @throws {TaskMismatchError} If the models have different tasks.
 * @throws {RangeError} If the networks do not have the one that is asked for, `testTime` asks for slices
 * that their training did not show, or `keepLargest` names no label; and as {@linkcode cleanLabels}.
 *
 * @example
 * ```ts
 * import { segmentVolume } from "./segment_volume.ts";
 * import { scalingAffine } from "../../base/volume/affine.ts";
 * import { preparationSchema } from "../../imaging/data/preparation/prepare_case.ts";
 *
 * // In the place of `await loadRun("runs/001")`: bright pixels are of class 1.
 * const labels = [{ name: "background", codes: [0] }, { name: "bright", codes: [1] }];
 * const model = {
 *   segmenter: {
 *     networks: ["ftn"] as const,
 *     segment: ({ images }: { images: Float32Array }) => ({ ftn: Uint8Array.from(images, Math.round) }),
 *   },
 *   data: {
 *     task: { labels, channels: [{ name: "MRI" }] },
 *     preparation: preparationSchema.parse({ size: { height: 16, width: 16 }, spacing: 2 }),
 *   },
 * };
 * const data = new Float32Array(30 * 20 * 2);
 * data.fill(7, 200, 400);
 * const volume = { data, shape: [30, 20, 2], affine: scalingAffine([1, 1, 8]) } as const;
 * const segmented = await segmentVolume(model, volume);
 * const { shape, data: classes } = segmented.labels;
 * if (shape.join() !== "30,20,2" || !classes.includes(1)) throw new Error();
 * ```
 */
export async function segmentVolume(
  model: VolumeModel | readonly [VolumeModel, ...VolumeModel[]],
  volume: Volume<Voxels> | readonly [Volume<Voxels>, ...Volume<Voxels>[]],
  options: SegmentVolumeOptions = {},
): Promise<SegmentedGrid> {
  const models = (Array.isArray(model) ? model : [model]) as [VolumeModel, ...VolumeModel[]];
  const channels = (Array.isArray(volume) ? volume : [volume]) as Volume<Voxels>[];
  const { name = "the volume", onNotice, keepLargest, ...how } = options;
  checkSameTask(models.map(({ data }, n) => ({ name: `model ${n + 1}`, task: data.task })));
  const { task } = models[0].data;
  checkChannels(channels, task, name);
  for (const { segmenter: { networks } } of models) {
    if (options.network === undefined || networks.includes(options.network)) continue;
    throw new RangeError(
      `Cannot segment with network ${options.network}: wanted ${networks.join(" or ")}`,
    );
  }
  for (const [n, { config }] of models.entries()) {
    if (config === undefined) continue;
    const shown = { augmentation: config.data.augmentation, task };
    const name = models.length > 1 ? `model ${n + 1}` : "the model";
    const refusal = testTimeRefusal(options.testTime ?? "none", shown, name);
    if (refusal !== undefined) throw new RangeError(refusal);
  }
  const cleaning = { ...how, keepLargest: classesOf(keepLargest ?? [], task) };
  const images = channels.map((channel) => imageOf(channel)) as [NiftiImage, ...NiftiImage[]];
  const members = models.map(({ segmenter, data }): Member => {
    const source = { id: name, ...data.turn && { orientation: data.turn } };
    return { segmenter, prepared: prepareImages(source, images, data.preparation) };
  });
  members[0]!.prepared.reference.image.warnings.forEach((line) => onNotice?.(line));
  const found = await segmentPrepared(members, task, how);
  return { ...found, labels: cleanLabels(found.labels, cleaning) };
}

/**
 * The classes of labels.
 *
 * @param names Of labels, background left out, or "all" of them.
 * @throws {RangeError} If there is no such label.
 */
export function classesOf(names: readonly string[] | "all", { labels }: Task): number[] {
  const known = labels.slice(1).map((label) => label.name);
  if (names === "all") return known.map((_, n) => n + 1);
  return names.map((name) => {
    const at = known.indexOf(name);
    if (at >= 0) return at + 1;
    throw new RangeError(unknownName("label", name, known));
  });
}

function checkChannels(channels: readonly Volume<Voxels>[], task: Task, name: string): void {
  if (channels.length !== task.channels.length) {
    throw new TypeError(
      `Cannot segment ${name}: it has ${channels.length} channels, wanted ` +
        `${task.channels.length}: ${task.channels.map((channel) => channel.name).join(", ")}`,
    );
  }
  const [first] = channels.map(({ shape }) => shape.join(" x "));
  for (const [n, channel] of channels.entries()) {
    const { shape, data } = channel, text = shape.join(" x ");
    if (text !== first || data.length !== shape[0] * shape[1] * shape[2]) {
      throw new TypeError(
        `Cannot segment ${name}: channel ${
          n + 1
        } is ${text} with ${data.length} voxels, wanted ${first}`,
      );
    }
    assertFinite(channel, name);
  }
}
