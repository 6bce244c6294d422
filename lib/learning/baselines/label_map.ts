/** The labels of one slice; pixel (x, y) is at `x + width * y`. */
export interface LabelMap {
  /** Classes from 0, the background; [height, width]. */
  readonly labels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A part of a slice, in pixels; `right` and `bottom` are not in it. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest box around all labels but the background; the whole slice where there is none. */
export function foregroundBox({ labels, width, height }: LabelMap): Box {
  let [left, top, right, bottom] = [width, height, 0, 0];
  labels.forEach((label, at) => {
    if (label === 0) return;
    const x = at % width, y = (at - x) / width;
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  });
  return right === 0 ? { left: 0, top: 0, right: width, bottom: height } : {
    left,
    top,
    right,
    bottom,
  };
}
