import type { DicomHeader } from "./dicom_header.ts";

/** Direction cosines that differ by less are the same. */
const SAME = 1e-3;

/**
 * How far each file's slice lies along the normal of its plane, in mm; undefined unless all files tell
 * their place and lie in parallel planes.
 */
export function sliceHeights(
  files: readonly Pick<DicomHeader, "orientation" | "position">[],
): number[] | undefined {
  const orientation = files[0]?.orientation;
  const parallel = orientation !== undefined &&
    files.every((file) =>
      file.position !== undefined &&
      file.orientation?.every((value, n) => Math.abs(value - orientation[n]!) < SAME)
    );
  if (!parallel) return undefined;
  const [a, b, c, d, e, f] = orientation as number[];
  const normal = [b! * f! - c! * e!, c! * d! - a! * f!, a! * e! - b! * d!];
  return files.map(({ position }) =>
    normal.reduce((sum, value, n) => sum + value * position![n]!, 0)
  );
}
