/** Slices through a model that Tandem exported: prepared and brought back as its runs do it. */
import { windowOf } from "../../../base/volume/fit.ts";
import type { Volume } from "../../../base/volume/volume.ts";
import type { CaseSource, LoadedCase } from "../../../imaging/data/cases/case_source.ts";
import {
  type PreparedImages,
  prepareImages,
} from "../../../imaging/data/preparation/prepare_case.ts";
import { restoreLabels } from "../../../imaging/data/preparation/restore_grid.ts";
import { tilesOf, tileWeights } from "../../../imaging/data/preparation/tiles.ts";
import type { ModelRecord } from "../../exchange/model_record.ts";
import type { RunModel } from "./segment_tiles.ts";

/** Slices or tiles that go in at once. */
const AT_ONCE = 8;

/** The class of each voxel of a case, in its own grid. */
export async function segmentExported(
  source: Pick<CaseSource, "id" | "orientation">,
  images: LoadedCase["images"],
  { data: { task, preparation } }: ModelRecord,
  run: RunModel,
): Promise<Volume<Uint8Array>> {
  const prepared = prepareImages(source, images, preparation);
  const { height, width, tile } = prepared, classes = task.labels.length;
  const whole = tile.height === height && tile.width === width;
  const labels = await (whole ? wholeSlices : tiledSlices)(prepared, classes, run);
  return restoreLabels(prepared, labels);
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
      labels.set(largestMap(maps, classes), (first + n) * area);
    }
  }
  return labels;
}

async function tiledSlices(
  { images, slices, channels, height, width, tile }: PreparedImages,
  classes: number,
  run: RunModel,
): Promise<Uint8Array> {
  const area = height * width, own = tile.height * tile.width, whole = { height, width };
  const labels = new Uint8Array(slices * area);
  const places = tilesOf(whole, tile), weights = tileWeights(tile);
  for (let slice = 0; slice < slices; slice++) {
    const sums = new Float32Array(classes * area);
    for (let first = 0; first < places.length; first += AT_ONCE) {
      const some = places.slice(first, first + AT_ONCE);
      const data = new Float32Array(some.length * channels * own);
      some.forEach(({ x, y }, n) => {
        for (let channel = 0; channel < channels; channel++) {
          const at = (slice * channels + channel) * area;
          const plane = images.subarray(at, at + area);
          data.set(windowOf(plane, whole, [x, y], tile, "edge"), (n * channels + channel) * own);
        }
      });
      const made = await run({ data, shape: [some.length, channels, tile.height, tile.width] });
      some.forEach(({ x, y }, n) => {
        const maps = softmaxed(
          made.data.subarray(n * classes * own, (n + 1) * classes * own),
          classes,
        );
        for (let c = 0, from = 0; c < classes; c++) {
          for (let row = 0, pixel = 0; row < tile.height; row++) {
            let to = c * area + (y + row) * width + x;
            for (let column = 0; column < tile.width; column++, pixel++, from++, to++) {
              sums[to]! += weights[pixel]! * maps[from]!;
            }
          }
        }
      });
    }
    // all classes of a pixel weigh the same, so that the largest sum is the largest mean
    labels.set(largestMap(sums, classes), slice * area);
  }
  return labels;
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

function softmaxed(logits: Float32Array, classes: number): Float32Array {
  const area = logits.length / classes, result = new Float32Array(logits.length);
  for (let o = 0; o < area; o++) {
    let most = -Infinity, sum = 0;
    for (let c = 0; c < classes; c++) most = Math.max(most, logits[c * area + o]!);
    for (let c = 0; c < classes; c++) {
      sum += result[c * area + o] = Math.exp(logits[c * area + o]! - most);
    }
    for (let c = 0; c < classes; c++) result[c * area + o]! /= sum;
  }
  return result;
}
