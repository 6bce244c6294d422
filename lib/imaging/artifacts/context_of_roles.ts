import { nearestCode } from "../../base/task/label_codes.ts";
import type { Volume, Voxels } from "../../base/volume/volume.ts";
import type { ArtifactContext } from "./artifact.ts";

/**
 * The context of an artifact that reads a label map of which the codes of each role are known; all other
 * codes are background.
 *
 * @throws {RangeError} If a value is no whole number, give or take what scaled files store.
 */
export function contextOfRoles(
  label: Volume<Voxels>,
  codes: Readonly<Record<string, readonly number[]>>,
): ArtifactContext {
  const roles = Object.entries(codes);
  const classOf = new Map(roles.flatMap(([, codes], n) => codes.map((code) => [code, n + 1])));
  const data = Uint8Array.from(label.data, (value) => classOf.get(nearestCode(value)) ?? 0);
  const labels = [{ name: "background" }, ...roles.map(([role]) => ({ name: role, role }))];
  return { label: { ...label, data }, labels };
}
