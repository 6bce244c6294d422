/** The size of the slices that networks see. */
import { z } from "../deps/zod.ts";

/** What the networks' four halvings ask of a side. */
export const STRIDE = 16;

/** Pixels a side at the most: memory holds no slice that is larger. */
export const LARGEST_SIDE = 4096;

const side = z.number().int().min(STRIDE).max(LARGEST_SIDE).multipleOf(STRIDE);

/** The schema of a {@linkcode SliceSize} as JSON. */
export const sliceSizeSchema = z.strictObject({ height: side, width: side });

/** Rows (along j) and columns (along i) of a slice, in pixels; multiples of 16. */
export interface SliceSize {
  /** Rows, along j, in pixels. */
  readonly height: number;
  /** Columns, along i, in pixels. */
  readonly width: number;
}

/** A size of equal sides. */
export function square(side: number): SliceSize {
  return { height: side, width: side };
}

/** As `192 x 192`, height first. */
export function sizeText({ height, width }: SliceSize): string {
  return `${height} x ${width}`;
}

/** Holds a size to what networks can see; throws RangeError that names `what` where it cannot. */
export function checkSliceSize(size: SliceSize, what: string): void {
  for (const side of [size.height, size.width]) {
    if (Number.isInteger(side) && side >= STRIDE && side <= LARGEST_SIDE && side % STRIDE === 0) {
      continue;
    }
    throw new RangeError(
      `Cannot ${what}: size is ${sizeText(size)}, wanted multiples of ${STRIDE} from ${STRIDE} ` +
        `to ${LARGEST_SIDE}`,
    );
  }
}
