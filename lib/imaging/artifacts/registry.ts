/** The artifacts by name. A new one is a file, a name in `lib/names.ts`, a line here, and a test. */
import { unknownName } from "../../base/text/unknown_name.ts";
import { ARTIFACT_MODES, type ArtifactMode, type ArtifactName } from "../../names.ts";
import { aliasOf } from "./aliases.ts";
import type { Artifact } from "./artifact.ts";
import { contrast } from "./monai/contrast.ts";
import { monaiGibbs } from "./monai/gibbs.ts";
import { rician } from "./monai/rician.ts";
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
import { affine } from "./torchio/affine.ts";
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

const BY_NAME: {
  readonly [Mode in ArtifactMode]: Readonly<Record<ArtifactName<Mode>, Artifact>>;
} = {
  physical: {
    ...{ motion: physicalMotion, respiration, flow, ghosting: physicalGhosting, nyquist },
    ...{ spike: physicalSpike, bias: physicalBias, banding, noise: physicalNoise, gibbs },
    ...{ "partial-fourier": partialFourier, undersampling, mistriggering, misregistration },
    ...{ "low-field": lowField, "wrap-around": wrapAround },
  },
  torchio: {
    ...{ spike, ghosting, motion, bias, noise, blur, gamma, anisotropy, swap, elastic, affine },
  },
  monai: { spike: monaiSpike, gibbs: monaiGibbs, contrast, rician },
};

/** The artifacts of a mode. */
export function artifactsOf(mode: ArtifactMode): readonly Artifact[] {
  return Object.values<Artifact>(BY_NAME[mode]);
}

/** All artifacts, in the order in which they are listed. */
export const ARTIFACTS: readonly Artifact[] = ARTIFACT_MODES.flatMap(artifactsOf);

/**
 * The artifact of this name, or of a name that it has elsewhere, as `RandomMotion`.
 *
 * @param given Whose semantics; physical unless the name says another.
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
export function findArtifact(name: string, given?: ArtifactMode): Artifact {
  const alias = aliasOf(name);
  if (alias && (given ?? alias.mode) === alias.mode) {
    return findArtifact(alias.artifact, alias.mode);
  }
  const mode = given ?? "physical", artifacts = artifactsOf(mode);
  const found = artifacts.find((artifact) => artifact.name === name);
  if (found) return found;
  const names = artifacts.map((artifact) => artifact.name);
  const elsewhere = alias
    ? [alias.mode]
    : ARTIFACTS.filter((a) => a.name === name).map((a) => a.mode);
  throw new RangeError(
    `Cannot find an artifact: ${unknownName(`artifact of mode ${mode}`, name, names)}` +
      (elsewhere.length > 0 ? `; it exists in mode ${elsewhere.join(" and ")}` : ""),
  );
}
