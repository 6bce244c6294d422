import type { SuiteManifest } from "../mod.ts";
import { renderTable } from "./deps/cli_table.ts";

/** Number, PSNR and SSIM of each set as a table, the means over all channels. */
export function suiteTable({ volumes }: Pick<SuiteManifest, "volumes">): string {
  const rows = [...Map.groupBy(volumes, ({ set }) => set)].map(([set, entries]) => [
    set,
    String(entries.filter(({ channel }) => channel === undefined).length),
    meanOf(entries.map(({ psnr }) => psnr), 1),
    meanOf(entries.map(({ ssim }) => ssim), 3),
  ]);
  return renderTable(["set", "volumes", "PSNR (dB)", "SSIM"], rows);
}

/** The mean of what could be computed. */
function meanOf(values: readonly (number | null)[], digits: number): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return "-";
  return (known.reduce((sum, value) => sum + value, 0) / known.length).toFixed(digits);
}
