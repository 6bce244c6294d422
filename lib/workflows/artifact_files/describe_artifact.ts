/** What there is to know of an artifact, for people. */
import type { ArtifactMode } from "../../names.ts";
import type { Artifact, ArtifactDoc } from "../../imaging/artifacts/artifact.ts";
import type { Severity } from "../../imaging/artifacts/artifact.ts";
import { aliasesOf } from "../../imaging/artifacts/aliases.ts";
import { fieldNames } from "../../imaging/artifacts/field_names.ts";
import { needText } from "../../imaging/artifacts/needs.ts";
import { ARTIFACTS, findArtifact } from "../../imaging/artifacts/registry.ts";
import { MNMS_TASK } from "../../imaging/data/layouts/cardiac.ts";
import { phantomCases } from "../../imaging/data/cases/phantom_cases.ts";
import { RandomStream } from "../../base/random/random_stream.ts";
import { severityStrip } from "./contact_sheet.ts";
import { requested } from "./request_error.ts";
import { slicePicture, tellingSlice, windowOf } from "../../base/report/slice_picture.ts";

/** The description of an artifact, plain JSON. */
export interface ArtifactDescription {
  /** Its name within its mode, as `bias`. */
  readonly name: string;
  /** Whose semantics it has. */
  readonly mode: ArtifactMode;
  /** The names that it has elsewhere, as `RandomMotion`. */
  readonly aliases: readonly string[];
  /** What it does and why it happens, in words. */
  readonly doc: ArtifactDoc;
  /** What it needs beside the volume, in words. */
  readonly needs: readonly string[];
  /** Whether the label moves. */
  readonly movesLabel: boolean;
  /** The names of the parameters. */
  readonly params: readonly string[];
  /** The options that parameters are drawn with, and their defaults. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The options of severities 1 to 5. */
  readonly severities: readonly unknown[];
}

const SEVERITIES: readonly Severity[] = [1, 2, 3, 4, 5];

/** Describes all artifacts, in the order of the registry. */
export function describeArtifacts(): ArtifactDescription[] {
  return ARTIFACTS.map(described);
}

/**
 * Describes one artifact.
 *
 * @throws {ArtifactRequestError} If there is none of this name; the text suggests the nearest.
 */
export function describeArtifact(name: string, mode?: ArtifactMode): ArtifactDescription {
  return described(requested(() => findArtifact(name, mode)));
}

/**
 * Draws severities 1 to 5 of an artifact on a phantom heart as a PNG.
 *
 * @throws {ArtifactRequestError} If there is none of this name.
 */
export async function drawSeverities(wanted: string, given?: ArtifactMode): Promise<Uint8Array> {
  const artifact = requested(() => findArtifact(wanted, given)), { name, mode } = artifact;
  const [ed, es] = await Promise.all(phantomCases("A", 1, 0).map((source) => source.load()));
  const asFloat = ({ images: [image] }: NonNullable<typeof ed>) => ({
    ...image.volume,
    data: Float32Array.from(image.volume.data, (value) => value / 1000),
  });
  const clean = asFloat(ed!), label = ed!.label!;
  const context = { label, labels: MNMS_TASK.labels, otherFrame: asFloat(es!) };
  const made = SEVERITIES.map((severity) => {
    // the same stream for each, so that nothing but the severity differs
    const rng = RandomStream.fromSeed(0).stream("strip", mode, name);
    const params = artifact.sample(artifact.optionsOf(severity), rng, clean);
    return {
      volume: artifact.apply(clean, params, context),
      label: artifact.applyToLabel(label, params),
    };
  });
  const slice = tellingSlice(made.at(-1)!.volume, clean), window = windowOf(clean);
  return await severityStrip(
    `${mode}/${name}`,
    slicePicture(clean, label, slice, window),
    made.map((worse) => slicePicture(worse.volume, worse.label, slice, window)),
    MNMS_TASK.labels,
  );
}

function described(artifact: Artifact): ArtifactDescription {
  const { name, mode, doc, needs, movesLabel, optionsSchema } = artifact;
  return {
    name,
    mode,
    aliases: aliasesOf(artifact),
    doc,
    needs: needs.map(needText),
    movesLabel,
    params: fieldNames(artifact.paramsSchema),
    options: optionsSchema.parse({}) as Record<string, unknown>,
    severities: SEVERITIES.map((severity) => artifact.optionsOf(severity)),
  };
}
