import { IGNORED } from "../../../base/task/task.ts";
import { windowOf } from "../../../base/volume/fit.ts";
import type { SliceSize } from "../../../base/volume/slice_size.ts";
import type { PreparedCase } from "../preparation/prepare_case.ts";
import type { Batch } from "./batch.ts";
import { channelsLast } from "./channels_last.ts";

/** The slice of a stack that is shown for it, from 0. */
export function middleOf({ slices }: Pick<PreparedCase, "slices">): number {
  return Math.floor(slices / 2);
}

/**
 * The middle slices of cases, with their labels, as a batch. Of slices of another size a window is
 * shown, about the middle of their foreground or, where there is none, of the slice.
 *
 * @param cases At least one, with labels, of one number of channels.
 */
export function middleSlices(cases: readonly PreparedCase[], size: SliceSize): Batch {
  const { channels } = cases[0]!, pixels = size.height * size.width;
  const images = new Float32Array(cases.length * channels * pixels);
  const labels = new Uint8Array(cases.length * pixels);
  cases.forEach((stack, n) => {
    const area = stack.height * stack.width, slice = middleOf(stack);
    const own = stack.labels!.subarray(slice * area, (slice + 1) * area);
    const at = placeOf(own, stack, size);
    labels.set(windowOf(own, stack, at, size, 0), n * pixels);
    for (let channel = 0; channel < channels; channel++) {
      const from = (slice * channels + channel) * area;
      const plane = stack.images.subarray(from, from + area);
      images.set(windowOf(plane, stack, at, size, "edge"), (n * channels + channel) * pixels);
    }
  });
  return {
    ...{ height: size.height, width: size.width, channels, labels, batch: cases.length },
    images: channelsLast(images, channels, pixels),
    ids: cases.map((stack) => `${stack.id}#${middleOf(stack)}`),
  };
}

/** Where a window about the middle of the foreground begins, inside the slice where it fits. */
function placeOf(label: Uint8Array, whole: SliceSize, size: SliceSize): [number, number] {
  let [x0, x1, y0, y1] = [whole.width, -1, whole.height, -1];
  label.forEach((value, n) => {
    if (value === 0 || value === IGNORED) return;
    const [x, y] = [n % whole.width, Math.floor(n / whole.width)];
    [x0, x1, y0, y1] = [Math.min(x0, x), Math.max(x1, x), Math.min(y0, y), Math.max(y1, y)];
  });
  const start = (side: number, part: number, low: number, high: number) => {
    if (side <= part) return -((part - side) >> 1);
    const centre = high < 0 ? side >> 1 : (low + high + 1) >> 1;
    return Math.min(side - part, Math.max(0, centre - (part >> 1)));
  };
  return [start(whole.width, size.width, x0, x1), start(whole.height, size.height, y0, y1)];
}
