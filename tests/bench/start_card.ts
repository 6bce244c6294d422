import { type Gpu, startGpu } from "../../lib/gpu/backend/start_gpu.ts";
import { settleTiles } from "../../lib/workflows/devices/settle_tiles.ts";

/** Starts a card as a run does. */
export async function startCard(): Promise<Gpu> {
  const gpu = await startGpu();
  if (!gpu.card.info.software) await settleTiles(gpu.card);
  return gpu;
}
