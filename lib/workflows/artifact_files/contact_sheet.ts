/** All sets of a suite at one glance. */
import type { SuiteManifest } from "../../imaging/artifacts/suites/manifest.ts";
import type { TaskLabel } from "../../base/task/task.ts";
import { blankPanel, centredPanel } from "../../base/report/centred_panel.ts";
import { sliceSheet } from "../../base/report/slice_sheet.ts";
import { svgPng } from "../../base/report/svg_png.ts";
import type { MadeVolume } from "./case_task.ts";
import type { SlicePicture } from "../../base/report/slice_picture.ts";

/** Cases on the sheet at most, where sets have no severity. */
const MAX_CASES = 5;

type Pictured = MadeVolume & { readonly pictures: NonNullable<MadeVolume["pictures"]> };

/**
 * Draws a sheet as a PNG: a row a case and a column a set; where sets have severities, a row an
 * artifact and a column a severity, all of the first case. First repeats only.
 */
export async function contactSheet(
  manifest: SuiteManifest,
  made: readonly MadeVolume[],
  labels: readonly TaskLabel[],
): Promise<Uint8Array> {
  const first = made.filter((volume): volume is Pictured =>
    volume.pictures !== undefined && volume.entry.repeat === 1
  );
  const graded = first.some(({ entry }) => entry.severity !== undefined);
  const rowOf = ({ entry }: Pictured) => graded ? entry.set.replace(/-\d$/, "") : entry.case;
  const columnOf = ({ entry }: Pictured) => graded ? `severity ${entry.severity}` : entry.set;
  const one = first[0]?.entry.case;
  const shown = graded ? first.filter(({ entry }) => entry.case === one) : first;
  const columns = [...new Set(shown.map(columnOf))];
  const all = [...Map.groupBy(shown, rowOf)];
  const rows = graded ? all : spread(all);
  const pictures = rows.flatMap(([, volumes]) =>
    volumes.flatMap(({ pictures }) => [pictures.clean, pictures.corrupted])
  );
  const size = Math.max(16, ...pictures.map(({ width, height }) => Math.max(width, height)));
  return await svgPng(sliceSheet({
    title: `Suite ${manifest.suite}, seed ${manifest.seed}`,
    height: size,
    width: size,
    columns: ["clean", ...columns],
    rows: rows.map(([name, volumes]) => {
      const { clean } = volumes[0]!.pictures;
      const panels = columns.map((column) => {
        const volume = volumes.find((candidate) => columnOf(candidate) === column);
        return volume ? centredPanel(volume.pictures.corrupted, size) : blankPanel(size);
      });
      const caption = `${graded ? `${name} of ${one}` : name}, slice ${clean.slice + 1}`;
      return { caption, panels: [centredPanel(clean, size), ...panels] };
    }),
    classes: labels.slice(1),
  }));
}

/** Severities of one artifact beside the clean slice, as a PNG. */
export async function severityStrip(
  title: string,
  clean: SlicePicture,
  severities: readonly SlicePicture[],
  labels: readonly TaskLabel[],
): Promise<Uint8Array> {
  const pictures = [clean, ...severities];
  const size = Math.max(16, ...pictures.map(({ width, height }) => Math.max(width, height)));
  return await svgPng(sliceSheet({
    title,
    height: size,
    width: size,
    columns: ["clean", ...severities.map((_, n) => `severity ${n + 1}`)],
    rows: [{
      caption: `slice ${clean.slice + 1}`,
      panels: pictures.map((picture) => centredPanel(picture, size)),
    }],
    classes: labels.slice(1),
  }));
}

/** Some of the rows, evenly from first to last. */
function spread<T>(rows: readonly T[]): T[] {
  const count = Math.min(MAX_CASES, rows.length);
  return Array.from(
    { length: count },
    (_, n) => rows[count === 1 ? 0 : Math.round(n * (rows.length - 1) / (count - 1))]!,
  );
}
