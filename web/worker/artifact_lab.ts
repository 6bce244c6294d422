/** Artifacts on the scan that is open, and what the networks make of them. */
import { shellWord } from "../../lib/base/text/shell_word.ts";
import type { Volume, Voxels } from "../../lib/base/volume/volume.ts";
import { toCodes } from "../../lib/base/task/label_codes.ts";
import { encodeNifti } from "../../lib/formats/nifti/encode_nifti.ts";
import type { NiftiImage } from "../../lib/formats/nifti/nifti_image.ts";
import type { Artifact, ArtifactContext } from "../../lib/imaging/artifacts/artifact.ts";
import { contextOfRoles } from "../../lib/imaging/artifacts/context_of_roles.ts";
import { drawParams } from "../../lib/imaging/artifacts/draw_params.ts";
import { ArtifactNeedError, type Need, unmetNeed } from "../../lib/imaging/artifacts/needs.ts";
import { onGridOf } from "../../lib/imaging/artifacts/on_grid_of.ts";
import { findArtifact } from "../../lib/imaging/artifacts/registry.ts";
import { DatasetError } from "../../lib/imaging/data/cases/dataset_error.ts";
import { classDice, diceOver } from "../../lib/learning/evaluation/class_dice.ts";
import { scoredLabels } from "../../lib/learning/evaluation/scored_labels.ts";
import type { ModelDesk } from "./model_desk.ts";
import { overlayOf } from "./overlay.ts";
import type { ArtifactRequest, CorruptedScan, CurvePoint, LabelDice } from "./protocol.ts";

/**
 * Makes an artifact on the scan that is open, and segments what comes of it.
 *
 * @throws {ArtifactNeedError} If it reads roles of labels that the networks do not tell of.
 * @throws {TypeError | RangeError} As the artifact's `apply`.
 */
export async function corrupt(desk: ModelDesk, request: ArtifactRequest): Promise<CorruptedScan> {
  const made = applyTo(desk, request), { labels } = await desk.predict(made.images, false);
  const [image] = made.images, line = lineOf(desk, request, made.needs);
  return {
    ...{ request, params: made.params },
    image: encodeNifti(image) as Uint8Array<ArrayBuffer>,
    overlay: overlayOf(image, labels, desk.axisOf(image.volume)),
    ...dices(desk, made, labels),
    ...line !== undefined && { line },
  };
}

/** The Dice at severities 1 to 5, each told when it is known. */
export async function curve(
  desk: ModelDesk,
  request: ArtifactRequest,
  tell: (point: CurvePoint) => void,
  stopped: () => boolean,
): Promise<CurvePoint[]> {
  const points: CurvePoint[] = [];
  for (const severity of [1, 2, 3, 4, 5] as const) {
    if (stopped()) break;
    const made = applyTo(desk, { ...request, severity });
    const { labels } = await desk.predict(made.images, false);
    const point = { severity, ...dices(desk, made, labels) };
    tell(point);
    points.push(point);
  }
  return points;
}

interface Made {
  readonly artifact: Artifact;
  readonly params: unknown;
  readonly images: readonly [NiftiImage, ...NiftiImage[]];
  readonly needs: readonly Need[];
}

/** As `applyToFile` does, on each channel. */
function applyTo(desk: ModelDesk, request: ArtifactRequest): Made {
  const { name, mode, severity, seed, options } = request, artifact = findArtifact(name, mode);
  const images = desk.images(), [first] = images;
  const paramsOf = (channel: number) =>
    drawParams(artifact, first.volume, { seed, severity, options, channel });
  const params = paramsOf(0);
  const needs = artifact.needsWith(params), readsLabel = needs.includes("label");
  const context = readsLabel ? contextFrom(desk) : {};
  const available = {
    label: context.label !== undefined,
    otherFrame: desk.otherFrame !== undefined,
    labels: context.labels,
  };
  const lacking = unmetNeed(needs, available);
  if (lacking) throw new ArtifactNeedError(`apply ${mode}/${name}`, lacking, available);
  const needsOther = needs.includes("otherFrame");
  const made = images.map((image, n) => {
    const other = needsOther && { otherFrame: asFloat32(desk.otherFrame!.images[n]!.volume) };
    const all = { ...context, ...other };
    return onGridOf(image, artifact.apply(asFloat32(image.volume), paramsOf(n), all), "float32");
  });
  return { artifact, params, images: made as [NiftiImage, ...NiftiImage[]], needs };
}

function asFloat32(volume: Volume<Voxels>): Volume {
  return { ...volume, data: Float32Array.from(volume.data) };
}

/** The codes of each role that the networks' labels have. */
function rolesOf({ model }: ModelDesk): Record<string, number[]> {
  const roles: Record<string, number[]> = {};
  for (const { role, codes } of model.data.task.labels) {
    if (role !== undefined) (roles[role] ??= []).push(...codes);
  }
  return roles;
}

/** The label that was given, or else the segmentation, read as a file of it would be. */
function contextFrom(desk: ModelDesk): ArtifactContext {
  const { label, clean, model } = desk, [{ volume: { shape, affine } }] = desk.images();
  if (label !== undefined) return contextOfRoles(label.codes, rolesOf(desk));
  if (clean === undefined) throw new DatasetError("Cannot make an artifact: nothing is segmented");
  const codes = { data: toCodes(clean, model.data.task), shape, affine };
  return contextOfRoles(codes, rolesOf(desk));
}

function dices(
  desk: ModelDesk,
  { artifact, params, images: [image] }: Made,
  labels: Uint8Array,
): Pick<CorruptedScan, "clean" | "label"> {
  const [{ volume: { shape, affine } }] = desk.images();
  const scored = scoredLabels(desk.model.data.task);
  const against = (data: Uint8Array): LabelDice | null => {
    const moved = artifact.applyToLabel({ data, shape, affine }, params);
    if (moved.shape.join() !== image.volume.shape.join()) return null;
    return diceOver(classDice(labels, moved.data as Uint8Array, scored), scored, "skip");
  };
  return {
    clean: desk.clean === undefined ? null : against(desk.clean),
    ...desk.label && { label: against(desk.label.classes) },
  };
}

/** The command that makes the same voxels. */
function lineOf(
  desk: ModelDesk,
  { name, mode, severity, seed, options }: ArtifactRequest,
  needs: readonly Need[],
): string | undefined {
  const { scan, label, otherFrame } = desk, needsOther = needs.includes("otherFrame");
  if (!scan?.oneFile || (needsOther && !otherFrame!.oneFile)) return undefined;
  const stem = scan.name.replace(/\.nii(\.gz)?$/i, "");
  const labels = label?.name ?? `${stem}_segmentation.nii`;
  const roles = Object.entries(rolesOf(desk)).map(([role, codes]) => `--role ${role}=${codes}`);
  return [
    `tandem artifacts apply ${name} --mode ${mode} --severity ${severity} --seed ${seed}`,
    ...Object.keys(options).length > 0 ? [`--options ${shellWord(JSON.stringify(options))}`] : [],
    `-i ${shellWord(scan.name)}`,
    ...needsOther ? [`--other-frame ${shellWord(otherFrame!.name)}`] : [],
    ...needs.includes("label") ? [`--label ${shellWord(labels)}`, ...roles] : [],
    `-o ${shellWord(`${stem}_${name}.nii`)}`,
  ].join(" ");
}
