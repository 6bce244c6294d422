import type { DeviceName } from "../../names.ts";
import { NoCardError } from "../../gpu/device/card_error.ts";
import type { CardInfo } from "../../gpu/device/commands.ts";
import { startBackend } from "../../../wasm/mod.ts";

/** What of a run's configuration says what computes. */
export interface DeviceOptions {
  /** What computes: `cpu`, the default; `gpu`, a graphics card; or `auto`, a card where there is one. */
  readonly device?: DeviceName | undefined;
  /** Threads of the processor; null = all cores. */
  readonly threads: number | null;
}

/**
 * Starts what tensors are computed on.
 *
 * @param onNotice Is told which card it is, or that `auto` found none.
 * @returns The card, or undefined where the processor computes.
 * @throws {NoCardError} If a card is asked for and there is none.
 * @throws {RangeError} If `threads` is not 1 to 64.
 */
export async function startDevice(
  { device = "cpu", threads }: DeviceOptions,
  onNotice: (line: string) => void = () => {},
): Promise<CardInfo | undefined> {
  const wanted = threads === null ? {} : { threads };
  if (device === "cpu") return void await startBackend(wanted);
  const { startGpu } = await import("../../gpu/backend/start_gpu.ts");
  const { settleTiles } = await import("./settle_tiles.ts");
  try {
    const { card } = await startGpu({ software: device === "gpu" }), { info } = card;
    onNotice(`graphics card: ${nameOf(info)}`);
    if (!info.software) await settleTiles(card, onNotice);
    return info;
  } catch (error) {
    if (device === "gpu" || !(error instanceof NoCardError)) throw error;
    onNotice("no graphics card was found: the processor computes");
    return void await startBackend(wanted);
  }
}

/** What a person calls a card. */
export function nameOf({ description, vendor, device, software }: CardInfo): string {
  const name = description || `${vendor} ${device}`;
  return software ? `${name} (the processor computes it)` : name;
}
