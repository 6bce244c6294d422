/**
 * Erosion, dilation, opening and closing of one class of a label map: a degradation of Post-DAE
 * (Larrazabal et al., IEEE Transactions on Medical Imaging 2020).
 */
import type { RandomStream } from "../../base/random/random_stream.ts";
import type { LabelMap } from "./label_map.ts";

/** A morphological operation: plain JSON. */
export interface LabelMorphology {
  readonly operation: "erode" | "dilate" | "open" | "close";
  /** Form of the structuring element. */
  readonly element: "disc" | "square" | "cross";
  /** Radius of the element as a share (0-1) of the slice's longer side; at least one pixel is taken. */
  readonly radius: number;
  /** Which of the classes that the slice holds, background apart: from 0 to below 1. */
  readonly which: number;
}

/** Of 192 pixels: 1 to 6. */
const RADIUS = [1 / 192, 6.5 / 192] as const;

/** Draws an operation: kind, element and class evenly, the radius from 1 to 6 of 192 pixels. */
export function sampleLabelMorphology(random: RandomStream): LabelMorphology {
  return {
    operation: random.choice(["erode", "dilate", "open", "close"] as const),
    element: random.choice(["disc", "square", "cross"] as const),
    radius: random.uniform(...RADIUS),
    which: random.uniform(),
  };
}

/**
 * The labels after the operation on one class. Pixels that the class loses become background, those
 * that it wins are taken from others; beyond the border lies none of it. A map without foreground is
 * given back as it is.
 */
export function changeLabelForm(map: LabelMap, change: LabelMorphology): LabelMap {
  const present = [...new Set(map.labels)].filter((label) => label > 0).sort((a, b) => a - b);
  const label = present[Math.floor(change.which * present.length)];
  if (label === undefined) return map;
  const offsets = elementOffsets(map, change);
  const before = Uint8Array.from(map.labels, (value) => value === label ? 1 : 0);
  const steps = {
    erode: [erode],
    dilate: [dilate],
    open: [erode, dilate],
    close: [dilate, erode],
  }[change.operation];
  const after = steps.reduce<Uint8Array>((mask, step) => step(mask, map, offsets), before);
  const labels = map.labels.map((value, at) => {
    if (after[at]) return label;
    return before[at] ? 0 : value;
  });
  return { ...map, labels };
}

type Offsets = readonly (readonly [number, number])[];

function elementOffsets({ width, height }: LabelMap, change: LabelMorphology): Offsets {
  const radius = Math.max(1, Math.floor(change.radius * Math.max(width, height)));
  const inside = {
    disc: (x: number, y: number) => x * x + y * y <= (radius + 0.5) ** 2,
    square: () => true,
    cross: (x: number, y: number) => x === 0 || y === 0,
  }[change.element];
  const offsets: [number, number][] = [];
  for (let y = -radius; y <= radius; y++) {
    for (let x = -radius; x <= radius; x++) if (inside(x, y)) offsets.push([x, y]);
  }
  return offsets;
}

/** Elements are symmetric, so that one list of offsets serves both. */
function dilate(mask: Uint8Array, { width, height }: LabelMap, offsets: Offsets): Uint8Array {
  const result = mask.slice();
  mask.forEach((value, at) => {
    if (!value) return;
    const x = at % width, y = (at - x) / width;
    for (const [dx, dy] of offsets) {
      const [u, v] = [x + dx, y + dy];
      if (u >= 0 && u < width && v >= 0 && v < height) result[u + width * v] = 1;
    }
  });
  return result;
}

function erode(mask: Uint8Array, { width, height }: LabelMap, offsets: Offsets): Uint8Array {
  return mask.map((value, at) => {
    if (!value) return 0;
    const x = at % width, y = (at - x) / width;
    const covered = offsets.every(([dx, dy]) => {
      const [u, v] = [x + dx, y + dy];
      return u >= 0 && u < width && v >= 0 && v < height && mask[u + width * v] === 1;
    });
    return covered ? 1 : 0;
  });
}
