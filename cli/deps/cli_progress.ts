/** The one place that pins cli-progress, which carries no types: those of what is used. */
// deno-lint-ignore-file no-explicit-any
import cliProgress from "npm:cli-progress@3.12.0";

/** Options of a bar; the format's `{names}` are filled from the payload. */
export interface BarOptions {
  readonly format: string;
  readonly hideCursor?: boolean;
  readonly barsize?: number;
  readonly linewrap?: boolean;
}

/** A progress bar on standard error. */
export interface Bar {
  start(total: number, value: number, payload: Record<string, string>): void;
  update(value: number, payload: Record<string, string>): void;
  stop(): void;
}

/** Makes a progress bar. */
export function createBar(options: BarOptions): Bar {
  const library = cliProgress as any;
  return new library.SingleBar(options, library.Presets.shades_classic);
}
