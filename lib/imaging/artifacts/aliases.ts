/** The names that artifacts go by elsewhere. */
import type { ArtifactMode } from "../../names.ts";

/** What a name from elsewhere stands for. */
export interface ArtifactAlias {
  /** Whose semantics it follows. */
  readonly mode: ArtifactMode;
  /** The name in the registry. */
  readonly artifact: string;
  /** Options in place of the artifact's defaults. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** The settings of Chen et al., MICCAI 2021, by the names of their test sets. */
export const CHEN_2021 = {
  RandBias: { mode: "torchio", artifact: "bias", options: {} },
  RandSpike: { mode: "torchio", artifact: "spike", options: { peak: "largest-real" } },
  RandGhost: { mode: "torchio", artifact: "ghosting", options: { restore_rounding: "ignored" } },
  RandMotion: { mode: "torchio", artifact: "motion", options: { degrees: 30, translation: 10 } },
} as const satisfies Readonly<Record<string, ArtifactAlias>>;

const torchio = (artifact: string): ArtifactAlias => ({ mode: "torchio", artifact });
const monai = (artifact: string): ArtifactAlias => ({ mode: "monai", artifact });

/** All names: the sets of Chen et al., and the classes of TorchIO and MONAI. */
const ALIASES: Readonly<Record<string, ArtifactAlias>> = {
  ...CHEN_2021,
  RandomSpike: torchio("spike"),
  RandomGhosting: torchio("ghosting"),
  RandomMotion: torchio("motion"),
  RandomBiasField: torchio("bias"),
  RandomNoise: torchio("noise"),
  RandomBlur: torchio("blur"),
  RandomGamma: torchio("gamma"),
  RandomAnisotropy: torchio("anisotropy"),
  RandomSwap: torchio("swap"),
  RandomElasticDeformation: torchio("elastic"),
  RandomAffine: torchio("affine"),
  KSpaceSpikeNoise: monai("spike"),
  RandKSpaceSpikeNoise: monai("spike"),
  GibbsNoise: monai("gibbs"),
  RandGibbsNoise: monai("gibbs"),
  AdjustContrast: monai("contrast"),
  RandAdjustContrast: monai("contrast"),
  RandRicianNoise: monai("rician"),
};

/** What a name from elsewhere stands for, whatever its case; undefined for all others. */
export function aliasOf(name: string): ArtifactAlias | undefined {
  const found = Object.keys(ALIASES).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : ALIASES[found];
}

/** The other names of an artifact. */
export function aliasesOf(
  artifact: { readonly name: string; readonly mode: ArtifactMode },
): string[] {
  return Object.entries(ALIASES)
    .filter(([, alias]) => alias.mode === artifact.mode && alias.artifact === artifact.name)
    .map(([name]) => name);
}
