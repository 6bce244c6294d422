/** Slices through a model that Tandem exported: prepared and brought back as its runs do it. */
import type { Volume } from "../../../base/volume/volume.ts";
import type { CaseSource, LoadedCase } from "../../../imaging/data/cases/case_source.ts";
import {
  type PreparedImages,
  prepareImages,
} from "../../../imaging/data/preparation/prepare_case.ts";
import { restoreLabels } from "../../../imaging/data/preparation/restore_grid.ts";
import { cleanLabels } from "../../../imaging/components/clean_labels.ts";
import { classesOf } from "../../../learning/prediction/segment_volume.ts";
import type { ModelRecord } from "../../exchange/model_record.ts";
import { checkNumbers, type RunModel, segmentInTiles } from "./segment_tiles.ts";

/** Slices that go in at once. */
const AT_ONCE = 8;

/**
 * The class of each voxel of a case, in its own grid; of labels of which the run's validation has kept the
 * largest piece alone, this one.
 *
 * @throws {OnnxError} If the model gives numbers that are none.
 */
export async function segmentExported(
  source: Pick<CaseSource, "id" | "orientation">,
  images: LoadedCase["images"],
  { data: { task, preparation }, network = "ftn", postprocessing }: ModelRecord,
  run: RunModel,
): Promise<Volume<Uint8Array>> {
  const prepared = prepareImages(source, images, preparation);
  const { height, width, tile } = prepared, classes = task.labels.length;
  const whole = tile.height === height && tile.width === width;
  const labels = await (whole ? wholeSlices : tiledSlices)(prepared, classes, run);
  const kept = (postprocessing?.networks[network]?.labels ?? [])
    .flatMap(({ name, keepLargest }) => keepLargest ? [name] : []);
  const restored = restoreLabels(prepared, labels);
  if (kept.length === 0) return restored;
  const { connectivity } = postprocessing!;
  return cleanLabels(restored, { keepLargest: classesOf(kept, task), connectivity });
}

async function wholeSlices(
  { images, slices, channels, height, width }: PreparedImages,
  classes: number,
  run: RunModel,
): Promise<Uint8Array> {
  const area = height * width, labels = new Uint8Array(slices * area);
  for (let first = 0; first < slices; first += AT_ONCE) {
    const count = Math.min(AT_ONCE, slices - first);
    const data = images.slice(first * channels * area, (first + count) * channels * area);
    const made = await run({ data, shape: [count, channels, height, width] });
    for (let n = 0; n < count; n++) {
      const maps = made.data.subarray(n * classes * area, (n + 1) * classes * area);
      checkNumbers(maps);
      labels.set(largestMap(maps, classes), (first + n) * area);
    }
  }
  return labels;
}

/** Slices that are larger than a tile: each voxel's class is that of the blended probabilities. */
async function tiledSlices(
  { images, slices, channels, height, width, tile }: PreparedImages,
  classes: number,
  run: RunModel,
): Promise<Uint8Array> {
  const area = height * width, shape = [width, height, slices] as const;
  const volumes = Array.from({ length: channels }, (_, channel) => {
    const volume = new Float32Array(slices * area);
    for (let slice = 0; slice < slices; slice++) {
      const at = (slice * channels + channel) * area;
      volume.set(images.subarray(at, at + area), slice * area);
    }
    return volume;
  });
  const seen = { dims: 2, size: tile, layout: "NCHW", activation: "logits" } as const;
  const likely = await segmentInTiles({ channels: volumes, shape }, seen, classes, run);
  const maps = new Float32Array(classes * slices * area);
  likely.forEach((map, c) => maps.set(map, c * map.length));
  return largestMap(maps, classes);
}

/** The number of the map with the largest value at each pixel, the first of equals. */
function largestMap(maps: Float32Array, classes: number): Uint8Array {
  const area = maps.length / classes, labels = new Uint8Array(area);
  for (let o = 0; o < area; o++) {
    let best = 0;
    for (let c = 1; c < classes; c++) if (maps[c * area + o]! > maps[best * area + o]!) best = c;
    labels[o] = best;
  }
  return labels;
}
