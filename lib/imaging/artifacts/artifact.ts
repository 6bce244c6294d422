/**
 * What an artifact is: parameters drawn apart from their effect.
 *
 * `sample` draws plain JSON parameters, `apply` is a pure function of the volume and those
 * parameters. The parameters are the record: stored, they make the same volume again. Everything
 * random, noise included, is decided by them.
 */
import { determinantOf } from "../../base/volume/affine.ts";
import type { Affine, Volume, Voxels } from "../../base/volume/volume.ts";
import type { z } from "../../base/deps/zod.ts";
import type { Draws } from "./draws.ts";
import { checked } from "./parameter_error.ts";

/** Whose semantics: our physical models, TorchIO 1.x, or MONAI. */
export type ArtifactMode = "physical" | "torchio" | "monai";

/** How bad: 1 (just seen by an expert) to 5 (not diagnostic). */
export type Severity = 1 | 2 | 3 | 4 | 5;

/** A grid in space, all that sampling may know of a volume. */
export interface Geometry {
  /** Voxels along i, j and k; k is the slice axis. */
  readonly shape: readonly [number, number, number];
  /** Voxel indices to RAS+ mm. */
  readonly affine: Affine;
}

/** What some artifacts need beside the volume, on the same grid. */
export interface ArtifactContext {
  /** Tissue classes: 0 background, 1 left ventricle, 2 myocardium, 3 right ventricle. */
  readonly label?: Volume<Voxels>;
  /** The same slices in another phase of the heart beat. */
  readonly otherPhase?: Volume;
}

/** The text that describes an artifact to people. */
export interface ArtifactDoc {
  /** What one sees, and why it happens on a scanner. */
  readonly summary: string;
  /** The law the parameters are drawn from. */
  readonly sampling: string;
  /** The formula of the effect, with units. */
  readonly model: string;
  /** Where it comes from. */
  readonly reference: string;
}

/** An artifact, checked at its doors. */
export interface Artifact<Options = unknown, GivenParams = unknown, Params = GivenParams> {
  /** Its name in the registry, unique within its mode. */
  readonly name: string;
  /** Whose semantics it follows. */
  readonly mode: ArtifactMode;
  /** Its documentation. */
  readonly doc: ArtifactDoc;
  /** The schema of the options, with defaults. */
  readonly optionsSchema: z.ZodType;
  /** The schema of the parameters, with defaults. */
  readonly paramsSchema: z.ZodType;
  /** What must be in the context. */
  readonly needs: readonly (keyof ArtifactContext)[];
  /** Whether the anatomy moves, so that the label must move with it. */
  readonly movesLabel: boolean;
  /** The options of a severity; the other draws stay free. */
  optionsOf(severity: Severity): Options;
  /**
   * Draws parameters (plain JSON).
   *
   * @throws {TypeError | RangeError} If an option is wrong.
   */
  sample(options: Options, draws: Draws, geometry: Geometry): Params;
  /**
   * The volume with the artifact: float32, same affine unless the documentation says otherwise;
   * never rescaled or clipped.
   *
   * @throws {TypeError | RangeError} If a parameter is wrong, a voxel is not finite, the affine is
   * singular, or the context lacks what the artifact needs or lies on another grid.
   */
  apply(volume: Volume, params: GivenParams, context?: ArtifactContext): Volume;
  /** The label, moved where the anatomy moves (nearest neighbour), else the very same object. */
  applyToLabel<T extends Voxels>(label: Volume<T>, params: GivenParams): Volume<T>;
}

/** What {@linkcode defineArtifact} makes an artifact from. */
export interface ArtifactDefinition<O extends z.ZodType, P extends z.ZodType> {
  /** See {@linkcode Artifact}. */
  readonly name: string;
  /** See {@linkcode Artifact}. */
  readonly mode: ArtifactMode;
  /** See {@linkcode Artifact}. */
  readonly doc: ArtifactDoc;
  /** The schema of the options; `{}` must do. */
  readonly options: O;
  /** The schema of the parameters. */
  readonly params: P;
  /** The options of severities 1 to 5. */
  readonly severities: readonly [z.input<O>, z.input<O>, z.input<O>, z.input<O>, z.input<O>];
  /** What must be in the context; nothing by default. */
  readonly needs?: readonly (keyof ArtifactContext)[];
  /** Draws parameters from checked options. */
  sample(options: z.output<O>, draws: Draws, geometry: Geometry): z.input<P>;
  /** Applies checked parameters to a checked volume. */
  apply(volume: Volume, params: z.output<P>, context: ArtifactContext): Volume;
  /** Moves the label, where the anatomy moves. */
  applyToLabel?<T extends Voxels>(label: Volume<T>, params: z.output<P>): Volume<T>;
}

/** Makes an artifact that checks its options, parameters and volumes. */
export function defineArtifact<O extends z.ZodType, P extends z.ZodType>(
  definition: ArtifactDefinition<O, P>,
): Artifact<z.input<O>, z.input<P>> {
  const { name, mode, doc, needs = [] } = definition;
  const task = `apply ${mode}/${name}`;
  return {
    name,
    mode,
    doc,
    needs,
    optionsSchema: definition.options,
    paramsSchema: definition.params,
    movesLabel: definition.applyToLabel !== undefined,
    optionsOf(severity) {
      const options = definition.severities[severity - 1];
      if (options === undefined) {
        throw new RangeError(`Cannot ${task}: severity is ${severity}, wanted 1, 2, 3, 4 or 5`);
      }
      return options;
    },
    sample(options, draws, geometry) {
      const full = checked(definition.options, options ?? {}, `sample ${mode}/${name}`);
      return definition.sample(full, draws, geometry);
    },
    apply(volume, params, context = {}) {
      checkVolume(volume, task);
      for (const need of needs) {
        const wanted = need === "label" ? "a label map" : "a volume of another cardiac phase";
        if (!context[need]) throw new TypeError(`Cannot ${task}: it needs ${wanted}`);
      }
      for (const [what, other] of Object.entries(context)) {
        if (other.shape.join() !== volume.shape.join()) {
          throw new TypeError(
            `Cannot ${task}: ${what} has the shape ${other.shape.join(" x ")}, the volume ` +
              volume.shape.join(" x "),
          );
        }
      }
      return definition.apply(volume, checked(definition.params, params, task), context);
    },
    applyToLabel(label, params) {
      if (!definition.applyToLabel) return label;
      return definition.applyToLabel(label, checked(definition.params, params, task));
    },
  };
}

function checkVolume({ data, shape, affine }: Volume, task: string): void {
  if (data.length !== shape[0] * shape[1] * shape[2] || data.length === 0) {
    throw new TypeError(
      `Cannot ${task}: ${data.length} voxels for the shape ${shape.join(" x ")}`,
    );
  }
  const determinant = determinantOf(affine);
  if (!Number.isFinite(determinant) || determinant === 0) {
    throw new RangeError(
      `Cannot ${task}: the affine is singular (determinant ${determinant}), wanted one with an inverse`,
    );
  }
  // 0 times a finite number is 0, so that one sum tells whether to look closer
  let zero = 0;
  for (let o = 0; o < data.length; o++) zero += 0 * data[o]!;
  if (zero === 0) return;
  for (let o = 0; o < data.length; o++) {
    if (Number.isFinite(data[o]!)) continue;
    const [ni, nj] = shape;
    throw new RangeError(
      `Cannot ${task}: voxel (${o % ni}, ${Math.floor(o / ni) % nj}, ${Math.floor(o / ni / nj)}) ` +
        `is ${data[o]}, wanted finite numbers`,
    );
  }
}
