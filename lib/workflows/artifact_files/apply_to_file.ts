/** One artifact on one NIfTI file. */
import type { ArtifactMode, NiftiDatatype } from "../../names.ts";
import { type Artifact, artifactAxis, type Severity } from "../../imaging/artifacts/artifact.ts";
import { stackAlong, unstackFrom } from "../../base/volume/slice_axis.ts";
import { type IntensityRange, intensityRange } from "../../base/volume/intensity_range.ts";
import { findArtifact } from "../../imaging/artifacts/registry.ts";
import { checked } from "../../imaging/artifacts/parameter_error.ts";
import { aliasOf } from "../../imaging/artifacts/aliases.ts";
import { LAYOUTS } from "../../imaging/data/cases/open_dataset.ts";
import { drawParams } from "../../imaging/artifacts/draw_params.ts";
import { fieldNames } from "../../imaging/artifacts/field_names.ts";
import { onGridOf } from "../../imaging/artifacts/on_grid_of.ts";
import type { Need } from "../../imaging/artifacts/needs.ts";
import { contextOf, LABEL_LAYOUTS, type LabelMeaning, readLabel } from "./artifact_label.ts";
import { readVolume } from "./read_volume.ts";
import { checkSameGrid } from "../../imaging/data/cases/same_grid.ts";
import { dirname } from "../../base/deps/std.ts";
import { checkOutputs } from "../../formats/files/check_outputs.ts";
import { makeFolder } from "../../formats/files/make_folder.ts";
import { assertFinite, type NiftiImage } from "../../formats/nifti/nifti_image.ts";
import { encodeNifti } from "../../formats/nifti/encode_nifti.ts";
import { writeNifti } from "../../formats/nifti/write_nifti.ts";
import { minMax, minMaxSlices } from "../../base/volume/normalise.ts";
import { messageOf } from "../../base/text/message_of.ts";
import type { Volume } from "../../base/volume/volume.ts";
import { ArtifactRequestError, requested } from "./request_error.ts";

/** What to do with which files. */
export interface ApplyToFileOptions {
  /** The artifact's name. */
  readonly artifact: string;
  /** Whose semantics; physical unless the name says another, as `RandomMotion` does. */
  readonly mode?: ArtifactMode;
  /** The volume, a NIfTI file. */
  readonly input: string;
  /** Where to write it; a name that ends in `.gz` is compressed. */
  readonly output: string;
  /** Replace files that exist. */
  readonly overwrite?: boolean;
  /** The volume's label map; its voxels may be stored in another order. */
  readonly label?: string;
  /** What the codes of the label map are; those of the layout `mnms` by default, which a note tells. */
  readonly labelCodes?: LabelMeaning;
  /** Where to write the label, moved where the anatomy moves. */
  readonly labelOutput?: string;
  /** The same slices at another time, where the artifact needs them: a NIfTI file on the same grid. */
  readonly otherFrame?: string;
  /** The parameters; absent: drawn. */
  readonly params?: unknown;
  /** Draws with the options of this severity; absent: with the artifact's defaults. */
  readonly severity?: Severity;
  /** Options to draw with, above those of the severity. */
  readonly options?: object;
  /** Seed of the draws; 0 by default. */
  readonly seed?: number;
  /** How voxels are stored; float32 by default. Whole numbers are rounded to, never clipped. */
  readonly dtype?: NiftiDatatype;
  /** Scales the result to 0-1, as a whole or slice by slice; not at all by default. */
  readonly rescale?: "none" | "volume" | "slice";
}

/** Images that reach further were not scaled to 0-1. */
const MOST_OF_SCALED = 2;

/** What was done. */
export interface AppliedArtifact {
  /** The artifact's own name, by whatever alias it was asked for. */
  readonly artifact: string;
  /** Whose semantics were applied. */
  readonly mode: ArtifactMode;
  /** The parameters that were applied; given as `params` again they make the same volume. */
  readonly params: unknown;
  /** The volume's file, as it was asked for. */
  readonly output: string;
  /** The moved label's file, as it was asked for; absent where it was not. */
  readonly labelOutput?: string;
  /** Intensities of the volume as it was read. */
  readonly before: IntensityRange;
  /** Intensities after artifact and rescaling, before they are stored as `dtype`. */
  readonly after: IntensityRange;
  /** What a person should know, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Applies an artifact to a file.
 *
 * @throws {ArtifactRequestError} If there is no such artifact, options or parameters are wrong, a
 * label is wanting, or an output exists.
 * @throws {NiftiError} If a file is no readable volume, its affine is singular or a voxel is not
 * finite; or if the result does not fit `dtype` or cannot be written.
 * @throws {DatasetError} If there is no such file, or the label or the other frame shows other places than
 * the volume, or the label has other values.
 */
export async function applyToFile(options: ApplyToFileOptions): Promise<AppliedArtifact> {
  const { overwrite = false, seed = 0, severity } = options;
  const artifact = requested(() => findArtifact(options.artifact, options.mode)),
    { mode } = artifact;
  const task = `apply ${mode}/${artifact.name}`;
  const notes: string[] = [];
  if (options.params !== undefined) {
    const unknown = checkParams(artifact, options.params, task);
    if (unknown !== undefined) notes.push(`passed over: ${unknown}`);
  }
  await checkPlace(options, overwrite);
  if (options.labelOutput !== undefined && options.label === undefined) {
    throw new ArtifactRequestError(`Cannot ${task}: a label output wants a label`);
  }
  if (artifact.needs.includes("otherFrame") && options.otherFrame === undefined) {
    throw new ArtifactRequestError(
      `Cannot ${task}: it needs the volume of another frame (--other-frame FILE)`,
    );
  }
  if (!artifact.needs.includes("otherFrame") && options.otherFrame !== undefined) {
    throw new ArtifactRequestError(
      `Cannot ${task}: it takes no volume of another frame, got ${options.otherFrame}`,
    );
  }
  const checkLabel = (needs: readonly Need[]) => {
    if (!needs.includes("label") || options.label !== undefined) return;
    throw new ArtifactRequestError(`Cannot ${task}: it needs a label map (--label FILE)`);
  };
  checkLabel(artifact.needs);

  const tell = ({ warnings }: NiftiImage) => void notes.push(...warnings);
  const image = await readVolume(options.input);
  tell(image);
  assertFinite(image.volume, options.input);
  const volume: Volume = { ...image.volume, data: Float32Array.from(image.volume.data) };
  const params = options.params ?? requested(() =>
    drawParams(artifact, volume, {
      seed,
      ...severity !== undefined && { severity },
      ...aliasOf(options.artifact) && { defaults: aliasOf(options.artifact)!.options },
      ...options.options && { options: options.options },
    })
  );
  const needs = requested(() => artifact.needsWith(params));
  checkLabel(needs);
  const label = options.label === undefined
    ? undefined
    : await readLabel(options.label, volume, options.input, (note) => notes.push(note));
  if (label !== undefined) tell(label);
  const context = {
    ...label && needs.includes("label") &&
      contextOf(
        label.volume,
        meaningOf(options, (note) => notes.push(note)),
        options.label!,
        (note) => notes.push(note),
      ),
    ...needs.includes("otherFrame") && {
      otherFrame: await readOtherFrame(options.otherFrame!, volume, options.input, tell),
    },
  };
  // what is wrong by now is that these parameters do not fit this volume
  const made = requested(() => artifact.apply(volume, params, context));
  const moved = label && requested(() => artifact.applyToLabel(label.volume, params, volume));

  const before = intensityRange(volume.data);
  if (before.min < 0 && artifact.worksOnMagnitudes(params)) {
    notes.push(
      `the least voxel of ${options.input} is negative, ${
        Number(before.min.toPrecision(4))
      }: ${mode}/${artifact.name} works ` +
        "on magnitudes, so all were raised by it and lowered again",
    );
  }
  const largest = Math.max(Math.abs(before.min), Math.abs(before.max));
  if (artifact.inUnits && options.params === undefined && largest > MOST_OF_SCALED) {
    notes.push(
      `${mode}/${artifact.name} has the image's own units, and its severities are made for 0 to 1; ` +
        `${options.input} reaches ${Number(largest.toPrecision(4))}`,
    );
  }
  const result = rescaled(made, options.rescale ?? "none");
  const written = onGridOf(image, result, options.dtype ?? "float32");
  const writtenLabel = label && moved && onGridOf(label, moved, label.header.datatype);
  const labelOutput = writtenLabel && options.labelOutput;
  // both are known to fit their datatypes before either is written
  encodeNifti(written, options.output);
  if (labelOutput !== undefined) encodeNifti(writtenLabel!, labelOutput);
  for (const path of [options.output, labelOutput]) {
    if (path !== undefined) await makeFolder(dirname(path));
  }
  await writeNifti(options.output, written);
  if (labelOutput !== undefined) {
    try {
      await writeNifti(labelOutput, writtenLabel!);
    } catch (error) {
      // a volume beside a label that is not its own would mislead
      await Deno.remove(options.output);
      throw error;
    }
  }
  return {
    artifact: artifact.name,
    mode,
    params,
    output: options.output,
    ...options.labelOutput === undefined ? {} : { labelOutput: options.labelOutput },
    before,
    after: intensityRange(result.data),
    notes,
  };
}

/**
 * What the codes of the label map are: those of the layout `mnms` where nothing says so, which is told: equal codes
 * stand for other organs elsewhere.
 */
function meaningOf(
  { label, labelCodes }: ApplyToFileOptions,
  onNote: (note: string) => void,
): LabelMeaning {
  if (labelCodes !== undefined) return labelCodes;
  const [acdc, mnms] = LABEL_LAYOUTS.map((name) => {
    const { labels } = LAYOUTS[name].reading!.task!;
    return `${name} (${
      labels.slice(1).map(({ name, codes }) => `${codes.join("+")} ${name}`).join(", ")
    })`;
  });
  onNote(
    `the codes of ${label} are taken as those of ${mnms}; where they are others, --layout ${acdc} or ` +
      "--role says so, as --role blood=1,3 --role muscle=2",
  );
  return { layout: "mnms" };
}

async function readOtherFrame(
  path: string,
  volume: Volume,
  input: string,
  onRead: (image: NiftiImage) => void,
): Promise<Volume> {
  const other = await readVolume(path);
  onRead(other);
  assertFinite(other.volume, path);
  checkSameGrid(volume, other.volume, input, path);
  return { ...other.volume, data: Float32Array.from(other.volume.data) };
}

/**
 * Checks given parameters.
 *
 * @returns Those that the artifact has not, in words; they are passed over, since records of other
 * libraries hold more than parameters.
 */
function checkParams(artifact: Artifact, params: unknown, task: string): string | undefined {
  const known = fieldNames(artifact.paramsSchema);
  const unknown = Object.keys(Object(params)).filter((name) => !known.includes(name));
  const text = unknown.length === 0 ? undefined : `${unknown.join(", ")} ` +
    `${unknown.length === 1 ? "is" : "are"} none of its parameters (${known.join(", ")})`;
  try {
    checked(artifact.paramsSchema, params, task);
  } catch (cause) {
    const also = text === undefined ? "" : `; ${text}`;
    throw new ArtifactRequestError(`${messageOf(cause)}${also}`, { cause });
  }
  return text;
}

async function checkPlace(
  { input, label, otherFrame, output, labelOutput }: ApplyToFileOptions,
  overwrite: boolean,
): Promise<void> {
  const outputs = [output, labelOutput].filter((path) => path !== undefined);
  for (const path of outputs) {
    if (/\.nii(\.gz)?$/i.test(path)) continue;
    throw new ArtifactRequestError(`Cannot write ${path}: wanted a name in .nii or .nii.gz`);
  }
  const inputs = [input, label, otherFrame].filter((path) => path !== undefined);
  await checkOutputs({ outputs, inputs, overwrite }, ArtifactRequestError);
}

function rescaled(volume: Volume, rule: "none" | "volume" | "slice"): Volume {
  if (rule === "none") return volume;
  if (rule === "volume") return { ...volume, data: minMax(volume.data) };
  const axis = artifactAxis(volume), stack = stackAlong(volume, axis);
  const [ni, nj] = stack.shape;
  return unstackFrom({ ...stack, data: minMaxSlices(stack.data, ni * nj) }, axis);
}
