import { listCards } from "../../lib/gpu/backend/start_gpu.ts";

const [card] = await listCards();

/**
 * The name and the `ignore` of a test that needs a graphics card, be it one that the processor computes
 * (Debian's mesa-vulkan-drivers): where there is none, the test is counted as ignored, and its name
 * says so.
 */
export function whereThereIsACard(name: string): { name: string; ignore: boolean } {
  return card
    ? { name, ignore: false }
    : { name: `${name} (no Vulkan, Metal or Direct3D adapter)`, ignore: true };
}
