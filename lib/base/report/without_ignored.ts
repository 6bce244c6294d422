import { IGNORED } from "../task/task.ts";
import type { Volume, Voxels } from "../volume/volume.ts";

/**
 * A label map to look at: what nobody labelled has no outline.
 *
 * @param label Classes 0 to 255; those of {@linkcode IGNORED} become 0.
 */
export function withoutIgnored({ data, ...grid }: Volume<Voxels>): Volume<Uint8Array> {
  return { ...grid, data: Uint8Array.from(data, (value) => value === IGNORED ? 0 : value) };
}
