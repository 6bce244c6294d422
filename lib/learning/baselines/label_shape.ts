/**
 * Painting a geometric shape into labels: too much of a structure, or a piece that is missing. A
 * degradation of Post-DAE (Larrazabal et al., IEEE Transactions on Medical Imaging 2020).
 */
import type { RandomStream } from "../../base/random/random_stream.ts";
import { foregroundBox, type LabelMap } from "./label_map.ts";

/** A shape: plain JSON. Lengths are shares of the slice's longer side. */
export interface LabelShape {
  readonly form: "circle" | "ellipse" | "rectangle" | "line";
  /** Across and down the foreground's box, beyond which it may lie by a quarter: -0.25 to 1.25. */
  readonly centre: readonly [number, number];
  /** Half axes before turning. */
  readonly half: readonly [number, number];
  /** Radians. */
  readonly angle: number;
  /** The class it is painted with; 0 removes. */
  readonly label: number;
}

/** Half axes of a shape, half lengths and thickness of a line: 4 to 23, 10 to 38, 1 of 192 pixels. */
const HALF = [0.02, 0.12] as const, LINE = [0.05, 0.2] as const, THICKNESS = 0.005;

/**
 * Draws a shape; half of them remove, the others add one of the classes.
 *
 * @param classes With background, at least 2.
 */
export function sampleLabelShape(classes: number, random: RandomStream): LabelShape {
  const form = random.choice(["circle", "ellipse", "rectangle", "line"] as const);
  const long = form === "line" ? random.uniform(...LINE) : random.uniform(...HALF);
  const drawn = random.uniform(...HALF);
  const wide = form === "circle" ? long : form === "line" ? THICKNESS : drawn;
  return {
    form,
    centre: [random.uniform(-0.25, 1.25), random.uniform(-0.25, 1.25)],
    half: [long, wide],
    angle: random.uniform(0, Math.PI),
    label: random.chance(0.5) ? 0 : random.integer(1, classes - 1),
  };
}

/** The labels with the shape painted over them; the given map stays as it is. */
export function paintLabelShape(map: LabelMap, shape: LabelShape): LabelMap {
  const { width, height } = map, labels = map.labels.slice();
  const box = foregroundBox(map), side = Math.max(width, height);
  const x0 = box.left + shape.centre[0] * (box.right - box.left);
  const y0 = box.top + shape.centre[1] * (box.bottom - box.top);
  // Never so thin that it falls between the pixels.
  const [a, b] = shape.half.map((half) => Math.max(0.75, half * side)) as [number, number];
  const [cos, sin] = [Math.cos(shape.angle), Math.sin(shape.angle)];
  const round = shape.form === "circle" || shape.form === "ellipse";
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const [dx, dy] = [x + 0.5 - x0, y + 0.5 - y0];
      const u = (cos * dx + sin * dy) / a, v = (cos * dy - sin * dx) / b;
      if (round ? u * u + v * v <= 1 : Math.abs(u) <= 1 && Math.abs(v) <= 1) {
        labels[at] = shape.label;
      }
    }
  }
  return { ...map, labels };
}
