/** The artifacts by name. A new one is a new file, a line here, and a test. */
import type { Artifact, ArtifactMode } from "./artifact.ts";
import { monaiGibbs } from "./monai/gibbs.ts";
import { monaiSpike } from "./monai/spike.ts";
import { banding } from "./physical/banding.ts";
import { bias as physicalBias } from "./physical/bias.ts";
import { flow } from "./physical/flow.ts";
import { ghosting as physicalGhosting } from "./physical/ghosting.ts";
import { gibbs } from "./physical/gibbs.ts";
import { lowField } from "./physical/low_field.ts";
import { misregistration } from "./physical/misregistration.ts";
import { mistriggering } from "./physical/mistriggering.ts";
import { motion as physicalMotion } from "./physical/motion.ts";
import { noise as physicalNoise } from "./physical/noise.ts";
import { nyquist } from "./physical/nyquist.ts";
import { partialFourier } from "./physical/partial_fourier.ts";
import { respiration } from "./physical/respiration.ts";
import { spike as physicalSpike } from "./physical/spike.ts";
import { undersampling } from "./physical/undersampling.ts";
import { wrapAround } from "./physical/wrap_around.ts";
import { anisotropy } from "./torchio/anisotropy.ts";
import { bias } from "./torchio/bias.ts";
import { blur } from "./torchio/blur.ts";
import { elastic } from "./torchio/elastic.ts";
import { gamma } from "./torchio/gamma.ts";
import { ghosting } from "./torchio/ghosting.ts";
import { motion } from "./torchio/motion.ts";
import { noise } from "./torchio/noise.ts";
import { spike } from "./torchio/spike.ts";
import { swap } from "./torchio/swap.ts";

/** All artifacts, in the order in which they are listed. */
export const ARTIFACTS: readonly Artifact[] = [
  ...[physicalMotion, respiration, flow, physicalGhosting, nyquist, physicalSpike],
  ...[physicalBias, banding, physicalNoise, gibbs, partialFourier, undersampling],
  ...[mistriggering, misregistration, lowField, wrapAround],
  ...[spike, ghosting, motion, bias, noise, blur, gamma, anisotropy, swap, elastic],
  ...[monaiSpike, monaiGibbs],
] as readonly Artifact[];

/** The artifacts of a mode. */
export function artifactsOf(mode: ArtifactMode): readonly Artifact[] {
  return ARTIFACTS.filter((artifact) => artifact.mode === mode);
}

/**
 * The artifact of this name.
 *
 * @throws {RangeError} If the mode has none; the text suggests the nearest names.
 *
 * @example
 * ```ts
 * import { findArtifact } from "./registry.ts";
 *
 * const spike = findArtifact("spike", "torchio");
 * if (spike.name !== "spike") throw new Error(spike.name);
 * ```
 */
export function findArtifact(name: string, mode: ArtifactMode = "physical"): Artifact {
  const artifacts = artifactsOf(mode);
  const found = artifacts.find((artifact) => artifact.name === name);
  if (found) return found;
  const near = nearestNames(name, artifacts.map((artifact) => artifact.name));
  const elsewhere = ARTIFACTS.filter((a) => a.name === name).map((a) => a.mode);
  throw new RangeError(
    `Cannot find the artifact "${name}" in mode ${mode}.` +
      (near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : "") +
      (elsewhere.length > 0 ? ` It exists in mode ${elsewhere.join(" and ")}.` : "") +
      ` There are: ${artifacts.map((artifact) => artifact.name).join(", ")}`,
  );
}

/** Up to three names close to a mistyped one, the nearest first. */
export function nearestNames(wanted: string, names: readonly string[]): string[] {
  const limit = Math.max(2, Math.floor(wanted.length / 2));
  return names
    .map((name) => ({ name, distance: editDistance(wanted.toLowerCase(), name) }))
    .filter(({ name, distance }) => distance <= limit || name.startsWith(wanted.toLowerCase()))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3).map(({ name }) => name);
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
