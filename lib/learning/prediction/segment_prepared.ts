/** Prepared images through the networks, and what they say brought to the file's own grid. */
import type { Network, TestTime } from "../../names.ts";
import { mirroredClasses } from "../../base/task/mirrored_labels.ts";
import type { Task } from "../../base/task/task.ts";
import { directionOf } from "../../base/volume/slice_axis.ts";
import type { Volume } from "../../base/volume/volume.ts";
import type { PreparedImages } from "../../imaging/data/preparation/prepare_case.ts";
import { restoreLabels, restoreMap } from "../../imaging/data/preparation/restore_grid.ts";
import { type ByNetwork, mapNetworks } from "../models/by_network.ts";
import type { Segmenter } from "../models/segmenter.ts";
import { type LabelSides, viewsOf } from "./test_time.ts";
import { type SegmentedViews, segmentViews } from "./segment_views.ts";
import { disagreementOf } from "../evaluation/class_dice.ts";
import { scoredLabels } from "../evaluation/scored_labels.ts";
import { entropyMap, type Uncertainty } from "./uncertainty.ts";

/** Networks and what they are to see, prepared as they were trained. */
export interface Member {
  readonly segmenter: Pick<Segmenter, "networks" | "segment">;
  readonly prepared: Omit<PreparedImages, "field">;
}

/** What to make of a volume. */
export interface SegmentPreparedOptions {
  /** Whose segmentation it is; by default the slow-thinking network's, where there is one. */
  readonly network?: Network;
  /** Slices are seen flipped or turned too, and probabilities averaged; "none" by default. */
  readonly testTime?: TestTime;
  /** Whether class probabilities are wanted; not by default. */
  readonly probabilities?: boolean;
  /** Whether it is wanted how sure the networks are; not by default. */
  readonly uncertainty?: boolean;
  /** Aborted, ends the work with its reason. */
  readonly signal?: AbortSignal;
  /** Hears how much of the volume is done, 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/** What networks make of a volume, all in its own grid. */
export interface SegmentedGrid {
  /** The class of each voxel; background where the networks saw nothing. */
  readonly labels: Volume<Uint8Array>;
  /** A map a class, 0 to 1, that add to 1 in each voxel; where they were asked for. */
  readonly probabilities?: readonly Volume<Float32Array>[];
  /** Where it was asked for. */
  readonly uncertainty?: Uncertainty;
  /** What each network says by itself of slices as they are; of one pair, with the uncertainty. */
  readonly networks?: ByNetwork<Volume<Uint8Array>>;
}

/**
 * Segments a volume. With one pair of networks the classes are those of the networks' own grid, and
 * each voxel has the nearest pixel's; of several, the probabilities are brought to the volume's grid,
 * linearly, and averaged there, and the largest tells the class.
 *
 * @param members One or more, prepared from the same images.
 */
export async function segmentPrepared(
  members: readonly Member[],
  task: Task,
  options: SegmentPreparedOptions = {},
): Promise<SegmentedGrid> {
  const { probabilities: wanted = false, uncertainty = false, onProgress = () => {} } = options;
  const several = members.length > 1, maps = wanted || uncertainty || several;
  const classes = task.labels.length;
  const found: { prepared: Member["prepared"]; views: SegmentedViews; network: Network }[] = [];
  const sums: Float32Array[] = [];
  for (const [n, { segmenter, prepared }] of members.entries()) {
    const network = options.network ?? (segmenter.networks.includes("stn") ? "stn" : "ftn");
    const views = await segmentViews(segmenter, prepared, {
      ...{ network, classes, maps, both: uncertainty },
      views: viewsOf(options.testTime ?? "none", sidesOf(task, prepared)),
      signal: options.signal,
      onProgress: (done) => onProgress((n + done) / members.length),
    });
    if (maps) addMaps(sums, views.maps!, prepared, 1 / members.length);
    const { maps: _, ...rest } = views;
    found.push({ prepared, network, views: rest });
  }
  const [{ prepared: first }] = members as [Member];
  const grid = first.reference.image.volume;
  const { shape, affine } = grid;
  const labels = several
    ? { data: mostLikely(sums), shape, affine }
    : restoreLabels(first, found[0]!.views.labels[found[0]!.network]!);
  return {
    labels,
    ...wanted && { probabilities: sums.map((data) => ({ data, shape, affine })) },
    ...uncertainty && { uncertainty: uncertaintyOf(found, sums, task, grid) },
    ...uncertainty && !several && {
      networks: mapNetworks(found[0]!.views.plain!, (classes) => restoreLabels(first, classes)),
    },
  };
}

/** How the labels of a task change sides with a mirrored slice; undefined where none are pairs. */
function sidesOf(task: Task, { way }: Member["prepared"]): LabelSides | undefined {
  const partners = mirroredClasses(task);
  if (partners === undefined) return undefined;
  const axis = ([0, 1] as const).find((axis) => directionOf(way.turned.affine, axis) === "R");
  return { partners, axis: axis ?? null };
}

/** Adds the maps of prepared slices, each brought to the volume's grid, to those of others. */
function addMaps(
  sums: Float32Array[],
  maps: readonly Float32Array[],
  prepared: Member["prepared"],
  weight: number,
): void {
  maps.forEach((map, c) => {
    // What the network did not see is background.
    const { data } = restoreMap(prepared, map, c === 0 ? 1 : 0);
    const sum = sums[c] ??= new Float32Array(data.length);
    for (let n = 0; n < data.length; n++) sum[n]! += weight * data[n]!;
  });
}

/** The class of the largest of the maps; the first of equals. */
function mostLikely(maps: readonly Float32Array[]): Uint8Array {
  const labels = new Uint8Array(maps[0]!.length), best = maps[0]!.slice();
  for (let c = 1; c < maps.length; c++) {
    const map = maps[c]!;
    for (let n = 0; n < labels.length; n++) {
      if (map[n]! > best[n]!) [labels[n], best[n]] = [c, map[n]!];
    }
  }
  return labels;
}

function uncertaintyOf(
  found: readonly { readonly prepared: Member["prepared"]; readonly views: SegmentedViews }[],
  sums: readonly Float32Array[],
  task: Task,
  { shape, affine }: Pick<Volume, "shape" | "affine">,
): Uncertainty {
  const meanOver = (valueOf: (one: typeof found[number]) => number) =>
    found.reduce((sum, one) => sum + valueOf(one), 0) / found.length;
  const entropy = meanOver(({ views }) => views.entropy!);
  const map = { data: entropyMap(sums), shape, affine };
  if (found.some(({ views }) => views.plain?.stn === undefined)) {
    return { entropy: map, flags: { entropy } };
  }
  const share = new Float32Array(map.data.length);
  for (const { prepared, views: { labels } } of found) {
    const ftn = restoreLabels(prepared, labels.ftn!).data;
    const stn = restoreLabels(prepared, labels.stn!).data;
    for (let n = 0; n < share.length; n++) if (ftn[n] !== stn[n]) share[n]! += 1 / found.length;
  }
  const disagreement = meanOver(({ prepared, views: { plain } }) =>
    disagreementOf(
      restoreLabels(prepared, plain!.ftn).data,
      restoreLabels(prepared, plain!.stn!).data,
      scoredLabels(task),
    )
  );
  return {
    entropy: map,
    disagreement: { data: share, shape, affine },
    flags: { entropy, disagreement },
  };
}
