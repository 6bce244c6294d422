/** @jsx h */
// deno-lint-ignore-file verbatim-module-syntax -- JSX becomes calls of h
/// <reference lib="dom" />
import { h } from "../deps/preact.ts";

/** A line of a chart. */
export interface ChartLine {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** What a chart shows; three lines at most, told apart by colour and dashes. */
export interface LineChartProps {
  /** For those who do not see it. */
  readonly label: string;
  readonly lines: readonly ChartLine[];
  /** Ends of the axes; of y as the points have them, where absent. */
  readonly x: readonly [number, number];
  readonly y?: readonly [number, number];
  readonly xName: string;
  /** Whether each point has a dot. */
  readonly dots?: boolean;
}

/** Small, so that its letters stay large on a narrow screen. */
const [WIDTH, HEIGHT] = [360, 200];
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 14, 10, 38];

/** Lines over two axes, as SVG. */
export function LineChart({ label, lines, x, y, xName, dots = false }: LineChartProps) {
  const values = lines.flatMap(({ points }) => points.map(([, value]) => value));
  const [low, high] = y ?? [Math.min(0, ...values), Math.max(1e-6, ...values)];
  const [from, to] = x[0] === x[1] ? [x[0], x[0] + 1] : x;
  const at = ([px, py]: readonly [number, number]) =>
    [
      LEFT + (px - from) / (to - from) * (WIDTH - LEFT - RIGHT),
      HEIGHT - BOTTOM - (py - low) / (high - low) * (HEIGHT - TOP - BOTTOM),
    ] as const;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => low + share * (high - low));
  return (
    <figure style={{ margin: "0" }}>
      <ul class="legend">
        {lines.map(({ name }, n) => (
          <li>
            <svg aria-hidden="true" viewBox="0 0 32 8">
              <path class={`line${n}`} d="M0 4h32" />
            </svg>
            {name}
          </li>
        ))}
      </ul>
      <svg class="chart" role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
        {ticks.map((value) => {
          const [, height] = at([from, value]);
          return (
            <g>
              <path class="axis" d={`M${LEFT} ${height}H${WIDTH - RIGHT}`} />
              <text x={LEFT - 6} y={height + 4} text-anchor="end">
                {Number(value.toPrecision(2))}
              </text>
            </g>
          );
        })}
        <text x={LEFT} y={HEIGHT - 16} text-anchor="middle">{from}</text>
        <text x={WIDTH - RIGHT} y={HEIGHT - 16} text-anchor="end">{to}</text>
        <text x={(LEFT + WIDTH) / 2} y={HEIGHT - 4} text-anchor="middle">{xName}</text>
        {lines.map(({ points }, n) => {
          const places = points.map(at);
          return (
            <g>
              <path
                class={`line${n}`}
                d={places.map(([a, b], k) =>
                  `${k === 0 ? "M" : "L"}${a.toFixed(1)} ${b.toFixed(1)}`
                )
                  .join("")}
              />
              {dots &&
                places.map(([a, b]) => <circle key={a} class={`dot${n}`} cx={a} cy={b} r={4} />)}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
