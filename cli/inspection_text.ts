import type { InspectedCase, Inspection } from "../mod.ts";
import { renderTable } from "./deps/cli_table.ts";
import { duration } from "./duration.ts";

/** An inspection for a person: what there is, what training would make of it, what is wrong. */
export function inspectionText(inspection: Inspection): string {
  const { cases, notices, problems, trainable } = inspection;
  return [
    ...notices,
    ...cases.length === 0 ? [] : overview(inspection),
    ...labelTable(inspection),
    ...outlook(inspection),
    ...problems.map(({ severity, text, advice }) => `${severity}: ${text}\n    -> ${advice}`),
    verdict(problems.map(({ severity }) => severity), trainable),
  ].join("\n");
}

function overview({ name, layout, task, cases }: Inspection): string[] {
  const labelled = cases.filter(({ labels }) => labels.length > 0).length;
  const grids = cases.flatMap(({ grid }) => grid ?? []);
  const lines = [
    `${name} (layout ${layout}): ${counted(subjectsOf(cases), "subject")}, ` +
    `${counted(cases.length, "case")}, ${labelled} with labels`,
    `domains: ${tally(cases.map(({ domain }) => domain))}; frames: ${
      tally(cases.map(({ frame }) => frame))
    }`,
  ];
  if (task) lines.push(`channels: ${task.channels.map((channel) => channel.name).join(", ")}`);
  if (grids.length > 0) {
    const spans = (of: (axis: 0 | 1 | 2) => number[]) =>
      ([0, 1, 2] as const).map((axis) => span(of(axis))).join(" x ");
    lines.push(
      `voxels: ${spans((axis) => grids.map(({ shape }) => shape[axis]))}`,
      `spacing: ${spans((axis) => grids.map(({ spacing }) => spacing[axis]))} mm`,
      `orientation: ${tally(grids.map(({ orientation }) => orientation))}; slices along axis ${
        tally(grids.map((grid) => `${grid.sliceAxis} (${grid.sliceDirection})`))
      }`,
    );
  }
  const channels = Math.max(...cases.map(({ intensities }) => intensities.length));
  for (let channel = 0; channel < Math.min(channels, task?.channels.length ?? 1); channel++) {
    const known = cases.flatMap(({ intensities }) => intensities[channel] ?? []);
    if (known.length === 0) continue;
    const of = (key: "min" | "mean" | "max") => span(known.map((range) => range[key]));
    const whose = task && task.channels.length > 1 ? ` of ${task.channels[channel]!.name}` : "";
    lines.push(
      `intensities${whose}: least ${of("min")}, mean ${of("mean")}, greatest ${of("max")}`,
    );
  }
  return lines;
}

/** ml of each label over the cases that have labels. */
function labelTable({ task, cases }: Inspection): string[] {
  const known = cases.flatMap(({ volumes }) => volumes === undefined ? [] : [volumes]);
  if (!task || known.length === 0) return [];
  const rows = task.labels.slice(1).map(({ name, codes }) => {
    const ml = known.map((volumes) => volumes[name]!);
    const there = ml.filter((value) => value > 0).sort((a, b) => a - b);
    const middle = there[there.length >> 1];
    return [
      name,
      codes.join("+"),
      `${there.length} of ${ml.length}`,
      middle === undefined ? "-" : short(middle),
      there.length === 0 ? "-" : `${short(there[0]!)} to ${short(there.at(-1)!)}`,
    ];
  });
  return [renderTable(["label", "codes", "cases", "median ml", "ml"], rows)];
}

function outlook({ training }: Inspection): string[] {
  if (training === undefined) return [];
  const { preparation: { size, spacing, intensity, larger }, levels, estimate } = training;
  const { batchSize, secondsPerStep, steps, threads, bytes } = estimate;
  return [
    `auto would choose: slices of ${size.height} x ${size.width} at ${spacing} mm, larger ones ` +
    `${
      larger === "tiles" ? "in tiles" : "cut"
    }, intensity by ${intensity.kind}, networks of ${levels} levels`,
    `to expect, by arithmetic from pixels and width (an estimate): ${
      short(secondsPerStep)
    } s a step of ${batchSize} slices on ${counted(threads, "thread")}, ${
      duration(secondsPerStep * steps)
    } for ${steps} steps; ${memory(bytes.step)} in a step, ${
      memory(bytes.cases)
    } of prepared cases`,
  ];
}

function verdict(severities: readonly string[], trainable: boolean): string {
  const errors = severities.filter((severity) => severity === "error").length;
  const warnings = severities.length - errors;
  const found = errors + warnings === 0
    ? "nothing wrong was found"
    : `${counted(errors, "error")}, ${counted(warnings, "warning")}`;
  return `${found}; training would ${trainable ? "begin" : "fail"}`;
}

function subjectsOf(cases: readonly InspectedCase[]): number {
  return new Set(cases.map(({ subject }) => subject)).size;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** Values that are named in full. */
const MOST_VALUES = 8;

/** How often each value occurs, the most frequent first. */
function tally(values: readonly string[]): string {
  const counts = [...Map.groupBy(values, (value) => value)]
    .map(([value, own]) => [value === "" ? "none" : value, own.length] as const)
    .sort(([, a], [, b]) => b - a);
  if (counts.length > MOST_VALUES) return `${counts.length} different ones`;
  return counts.map(([value, count]) => `${value} ${count}`).join(", ");
}

function span(values: readonly number[]): string {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    [least, greatest] = [Math.min(least, value), Math.max(greatest, value)];
  }
  return short(least) === short(greatest) ? short(least) : `${short(least)}-${short(greatest)}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function memory(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(bytes / 1e6)} MB`;
}
