/** The grey, 0 (black) to 255 (white), of an intensity from 0 to 1; what is outside is clipped. */
export function greyOf(intensity: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, intensity)));
}

/** The greys of intensities, a byte each. */
export function greysOf(intensities: Iterable<number>): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(intensities, greyOf);
}
