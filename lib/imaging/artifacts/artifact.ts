/**
 * What an artifact is: parameters drawn apart from their effect.
 *
 * `sample` draws plain JSON parameters, `apply` is a pure function of the volume and those
 * parameters. The parameters are the record: stored, they make the same volume again. Everything
 * random, noise included, is decided by them.
 */
import type { ArtifactMode } from "../../names.ts";
import { determinantOf } from "../../base/volume/affine.ts";
import {
  type SliceAxis,
  sliceAxisOf,
  stackAlong,
  stackedGrid,
  unstackFrom,
} from "../../base/volume/slice_axis.ts";
import type { Affine, Volume, Voxels } from "../../base/volume/volume.ts";
import type { z } from "../../base/deps/zod.ts";
import type { Draws } from "./draws.ts";
import { ArtifactNeedError, type Need, type RoleLabel, unmetNeed } from "./needs.ts";
import { checked } from "./parameter_error.ts";

/** How bad: 1 (just seen by an expert) to 5 (not diagnostic). */
export type Severity = 1 | 2 | 3 | 4 | 5;

/** A grid in space, all that sampling may know of a volume. */
export interface Geometry {
  /** Voxels along i, j and k. */
  readonly shape: readonly [number, number, number];
  /** Voxel indices to RAS+ mm. */
  readonly affine: Affine;
}

/** What some artifacts need beside the volume, on the same grid. */
export interface ArtifactContext {
  /** Classes of the task, 0 background. */
  readonly label?: Volume<Voxels>;
  /** What the classes of `label` are, in their order, for artifacts that need a role. */
  readonly labels?: readonly RoleLabel[];
  /** The same slices at another time. */
  readonly otherFrame?: Volume;
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
  /** What must be in the context whatever the options are. */
  readonly needs: readonly Need[];
  /** Whether the anatomy moves, so that the label must move with it. */
  readonly movesLabel: boolean;
  /** Whether each channel of an image gets parameters of its own, as noise does. */
  readonly perChannel: boolean;
  /** Whether its options are made for images of 0 to 1, whose units they have. */
  readonly inUnits: boolean;
  /**
   * Whether these parameters work on magnitudes. A volume with negative voxels, as a z-scored one, is
   * raised by its least for them and lowered again, so that dark stays dark.
   *
   * @throws {TypeError | RangeError} If a parameter is wrong.
   */
  worksOnMagnitudes(params: GivenParams): boolean;
  /** The options of a severity; the other draws stay free. */
  optionsOf(severity: Severity): Options;
  /**
   * What must be in the context with these options.
   *
   * @throws {TypeError | RangeError} If an option is wrong.
   */
  needsOf(options: Options): readonly Need[];
  /**
   * What must be in the context with these parameters.
   *
   * @throws {TypeError | RangeError} If a parameter is wrong.
   */
  needsWith(params: GivenParams): readonly Need[];
  /**
   * Draws parameters (plain JSON). Those of the physical artifacts speak of slices and of their two
   * axes: slices are stacked along the volume's coarsest axis, or the third where none is or it has one
   * voxel, and 0 and 1 are the axes that are left, in their order.
   *
   * @throws {TypeError | RangeError} If an option is wrong, or the grid has too few slices for it.
   */
  sample(options: Options, draws: Draws, geometry: Geometry): Params;
  /**
   * The volume with the artifact: float32, same affine unless the documentation says otherwise;
   * never rescaled or clipped.
   *
   * @throws {TypeError | RangeError} If a parameter is wrong, a voxel is not finite, the affine is
   * singular, there are too few slices, or the context lies on another grid.
   * @throws {ArtifactNeedError} If the context lacks what the artifact needs.
   */
  apply(volume: Volume, params: GivenParams, context?: ArtifactContext): Volume;
  /**
   * The label, moved where the anatomy moves (nearest neighbour), else the very same object.
   *
   * @param image The grid of the image that it belongs to, which says along which axis slices lie; by
   * default the label's own.
   */
  applyToLabel<T extends Voxels>(
    label: Volume<T>,
    params: GivenParams,
    image?: Geometry,
  ): Volume<T>;
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
  readonly needs?: readonly Need[];
  /** What must be in the context beside `needs`, by checked options or parameters. */
  needsOf?(given: z.output<O> | z.output<P>): readonly Need[];
  /** Whether each channel of an image gets parameters of its own; not by default. */
  readonly perChannel?: boolean;
  /** Whether its options are made for images of 0 to 1, whose units they have; not by default. */
  readonly inUnits?: boolean;
  /** Whether it works on magnitudes, always or with some parameters; not by default. */
  readonly nonNegative?: boolean | ((params: z.output<P>) => boolean);
  /** Slices that the volume must have for these parameters; one by default. */
  minSlices?(params: z.output<P>): number;
  /** Draws parameters from checked options. In physical mode, slices are stacked along k. */
  sample(options: z.output<O>, draws: Draws, geometry: Geometry): z.input<P>;
  /** Applies checked parameters to a checked volume. In physical mode, slices are stacked along k. */
  apply(volume: Volume, params: z.output<P>, context: ArtifactContext): Volume;
  /** Moves the label, where the anatomy moves. */
  applyToLabel?<T extends Voxels>(label: Volume<T>, params: z.output<P>): Volume<T>;
}

/** Makes an artifact that checks its options, parameters and volumes. */
export function defineArtifact<O extends z.ZodType, P extends z.ZodType>(
  definition: ArtifactDefinition<O, P>,
): Artifact<z.input<O>, z.input<P>> {
  const { name, mode, doc, needs = [], nonNegative = false } = definition;
  const task = `apply ${mode}/${name}`;
  const onMagnitudes = (params: z.output<P>) =>
    typeof nonNegative === "boolean" ? nonNegative : nonNegative(params);
  const checkSlices = (params: z.output<P>, { shape }: Geometry, toDo: string) => {
    const wanted = definition.minSlices?.(params) ?? 1;
    if (shape[2] >= wanted) return;
    throw new RangeError(
      `Cannot ${toDo}: the volume has ${shape[2]} slice${shape[2] === 1 ? "" : "s"}, wanted at ` +
        `least ${wanted} for these parameters`,
    );
  };
  // those of other libraries know no slices, but axes
  const axisOf = (grid: Geometry) => mode === "physical" ? artifactAxis(grid) : 2;
  return {
    name,
    mode,
    doc,
    needs,
    optionsSchema: definition.options,
    paramsSchema: definition.params,
    movesLabel: definition.applyToLabel !== undefined,
    perChannel: definition.perChannel ?? false,
    inUnits: definition.inUnits ?? false,
    worksOnMagnitudes: (params) => onMagnitudes(checked(definition.params, params, task)),
    optionsOf(severity) {
      const options = definition.severities[severity - 1];
      if (options === undefined) {
        throw new RangeError(`Cannot ${task}: severity is ${severity}, wanted 1, 2, 3, 4 or 5`);
      }
      return options;
    },
    needsOf(options) {
      const full = checked(definition.options, options ?? {}, `sample ${mode}/${name}`);
      return [...needs, ...definition.needsOf?.(full) ?? []];
    },
    needsWith(params) {
      const full = checked(definition.params, params, task);
      return [...needs, ...definition.needsOf?.(full) ?? []];
    },
    sample(options, draws, geometry) {
      const full = checked(definition.options, options ?? {}, `sample ${mode}/${name}`);
      const grid = stackedGrid(geometry, axisOf(geometry));
      const params = definition.sample(full, draws, grid);
      if (definition.minSlices) {
        checkSlices(checked(definition.params, params, task), grid, `sample ${mode}/${name}`);
      }
      return params;
    },
    apply(given, params, givenContext = {}) {
      checkVolume(given, task);
      const full = checked(definition.params, params, task);
      checkContext(givenContext, [...needs, ...definition.needsOf?.(full) ?? []], given, task);
      const axis = axisOf(given), volume = stackAlong(given, axis);
      const context = stackedContext(givenContext, axis);
      checkSlices(full, volume, task);
      const least = onMagnitudes(full) ? leastOf(volume, context.otherFrame) : 0;
      if (least >= 0) return unstackFrom(definition.apply(volume, full, context), axis);
      const { otherFrame } = context;
      const raised = { ...context, ...otherFrame && { otherFrame: plus(otherFrame, -least) } };
      return unstackFrom(
        plus(definition.apply(plus(volume, -least), full, raised), least),
        axis,
      );
    },
    applyToLabel(label, params, image = label) {
      if (!definition.applyToLabel) return label;
      const axis = axisOf(image), full = checked(definition.params, params, task);
      return unstackFrom(definition.applyToLabel(stackAlong(label, axis), full), axis);
    },
  };
}

/** The axis along which slices are stacked for artifacts: that of a run, unless that is set. */
export function artifactAxis({ shape, affine }: Geometry): SliceAxis {
  return shape[2] === 1 ? 2 : sliceAxisOf(affine);
}

function stackedContext(
  { label, otherFrame, ...rest }: ArtifactContext,
  axis: SliceAxis,
): ArtifactContext {
  return {
    ...rest,
    ...label && { label: stackAlong(label, axis) },
    ...otherFrame && { otherFrame: stackAlong(otherFrame, axis) },
  };
}

function leastOf(...volumes: (Volume | undefined)[]): number {
  let least = Infinity;
  for (const volume of volumes) {
    if (!volume) continue;
    const { data } = volume;
    for (let o = 0; o < data.length; o++) if (data[o]! < least) least = data[o]!;
  }
  return least;
}

function plus(volume: Volume, offset: number): Volume {
  return { ...volume, data: volume.data.map((value) => value + offset) };
}

function checkContext(
  { label, labels, otherFrame }: ArtifactContext,
  needs: readonly Need[],
  { shape }: Volume,
  task: string,
): void {
  const available = { label: label !== undefined, otherFrame: otherFrame !== undefined, labels };
  const lacking = unmetNeed(needs, available);
  if (lacking !== undefined) throw new ArtifactNeedError(task, lacking, available);
  for (const [what, other] of Object.entries({ label, otherFrame })) {
    if (other === undefined || other.shape.join() === shape.join()) continue;
    throw new TypeError(
      `Cannot ${task}: ${what} has the shape ${other.shape.join(" x ")}, the volume ` +
        shape.join(" x "),
    );
  }
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
