/**
 * A prepared case as blocks of bytes, a slice each, from which any slice can be had alone. Only the
 * wide slices are kept: what networks see of them is cut and scaled anew, by the same arithmetic.
 */
import { z } from "../../../base/deps/zod.ts";
import { zlib } from "../../../base/deps/zlib.ts";
import { issueText } from "../../../base/text/issue_text.ts";
import { messageOf } from "../../../base/text/message_of.ts";
import { sliceSizeSchema } from "../../../base/volume/slice_size.ts";
import { BlockError } from "../../../formats/blocks/block_error.ts";
import type { Blocks } from "../../../formats/blocks/block_file.ts";
import { MOST_INFLATION } from "../../../formats/nifti/gunzip.ts";
import type { NiftiHeader } from "../../../formats/nifti/header.ts";
import type { CaseSource, FileCase } from "../cases/case_source.ts";
import { type CaseContent, caseContentSchema } from "./case_content.ts";
import { foregroundSlices } from "./foreground_slices.ts";
import { parsePlainText, plainText } from "./plain_text.ts";
import { type PreparedVoxels, type PreparedWay, shownPlanes } from "./prepare_case.ts";
import type { PreparedSlice, SlicedCase } from "./sliced_case.ts";

/** A case's blocks and the text that describes them. */
export interface PackedCase {
  readonly text: string;
  /** `[channels, height, width]` float32 of each slice, then its labels; at last the file's label. */
  readonly blocks: readonly Uint8Array<ArrayBuffer>[];
}

/** Who a case is; the same voxels may be found in several places. */
export type CaseIdentity =
  & Pick<CaseSource, "id" | "subject" | "frame" | "domain">
  & Partial<Pick<FileCase, "imagePaths">>;

const side = z.int().min(1);
const shapeSchema = z.tuple([side, side, side]);
const gridSchema = z.object({ shape: shapeSchema, affine: z.array(z.number()).length(16) });

const descriptionSchema = z.strictObject({
  version: z.literal(2),
  slices: z.int().min(1),
  channels: z.int().min(1),
  shown: z.object({ height: z.int().min(1), width: z.int().min(1) }),
  tile: sliceSizeSchema,
  field: z.object({ height: z.int().min(1), width: z.int().min(1) }),
  /** Whether each slice is scaled by itself. */
  scaled: z.boolean(),
  labelled: z.boolean(),
  /** Slices with foreground where the network sees them. */
  foreground: z.array(z.int().min(0)),
  /** Whose warnings they are. */
  place: z.string(),
  warnings: z.array(z.string()),
  header: z.custom<NiftiHeader>((value) => value !== null && typeof value === "object"),
  image: gridSchema,
  /** Of the file's label. */
  label: gridSchema.nullable(),
  way: z.custom<PreparedWay>((value) => value !== null && typeof value === "object"),
  content: caseContentSchema,
});

type Description = z.infer<typeof descriptionSchema>;

/** Where a case's images are, which its warnings name. */
function placeOf({ id, imagePaths = [] as never }: CaseIdentity): string {
  return JSON.stringify([id, ...imagePaths]);
}

/** Packs a prepared case. */
export function packCase(source: CaseIdentity, prepared: PreparedVoxels): PackedCase {
  const { slices, channels, height, width, tile, scaled, labels, field, reference } = prepared;
  const { image, label } = reference;
  const text = plainText(
    {
      version: 2,
      slices,
      channels,
      shown: { height, width },
      tile,
      field: { height: field.height, width: field.width },
      scaled,
      labelled: labels !== undefined,
      foreground: labels ? foregroundSlices(labels, slices) : [],
      place: placeOf(source),
      warnings: [...image.warnings],
      header: image.header,
      image: gridOf(image.volume),
      label: label ? gridOf(label) : null,
      way: prepared.way,
      content: prepared.content,
    } satisfies Description,
  );
  const area = field.height * field.width, pixels = channels * area;
  const blocks = Array.from({ length: slices }, (_, slice) => {
    const planes = field.images.subarray(slice * pixels, (slice + 1) * pixels);
    const block = new Uint8Array(4 * pixels + (field.labels ? area : 0));
    block.set(new Uint8Array(planes.buffer, planes.byteOffset, planes.byteLength));
    if (field.labels) {
      block.set(field.labels.subarray(slice * area, (slice + 1) * area), 4 * pixels);
    }
    return block;
  });
  // Labels are long runs of the same few values.
  if (label) blocks.push(new Uint8Array(zlib().deflateRawSync(label.data, { level: 1 })));
  return { text, blocks };
}

function gridOf(
  { shape, affine }: { shape: readonly [number, number, number]; affine: readonly number[] },
) {
  return { shape: [...shape] as [number, number, number], affine: [...affine] };
}

/** The blocks of a packed case in memory. */
export function blocksOf({ text, blocks }: PackedCase): Blocks {
  return {
    text,
    count: blocks.length,
    size: (index) => blocks[index]!.length,
    read: (index) => blocks[index]!,
  };
}

/** A packed case, of which slices are taken as they are wanted. */
export class UnpackedCase implements SlicedCase {
  readonly id: string;
  readonly #source: CaseIdentity;
  readonly #blocks: Blocks;
  readonly #description: Description;

  /**
   * @param source Who it is.
   * @throws {BlockError} If the text does not describe a case.
   */
  constructor(source: CaseIdentity, blocks: Blocks) {
    this.id = source.id;
    this.#source = source;
    this.#blocks = blocks;
    this.#description = parseDescription(blocks.text);
    checkBlocks(source.id, this.#description, blocks);
  }

  get slices(): number {
    return this.#description.slices;
  }

  get channels(): number {
    return this.#description.channels;
  }

  get height(): number {
    return this.#description.shown.height;
  }

  get width(): number {
    return this.#description.shown.width;
  }

  get labelled(): boolean {
    return this.#description.labelled;
  }

  get foreground(): readonly number[] {
    return this.#description.foreground;
  }

  /** What its voxels are. */
  get content(): CaseContent {
    return this.#description.content;
  }

  /** Whether what is told of its files holds for this place: warnings name files. */
  get tellsOf(): boolean {
    const { warnings, place } = this.#description;
    return warnings.length === 0 || place === placeOf(this.#source);
  }

  /** @throws {BlockError} If its block is damaged. */
  slice(index: number): PreparedSlice {
    const { channels, shown, scaled, field: size, labelled } = this.#description;
    const block = this.#blocks.read(index), pixels = channels * size.height * size.width;
    const images = new Float32Array(block.buffer, 0, pixels);
    const labels = labelled ? block.subarray(4 * pixels) : undefined;
    const field = { ...size, images, ...labels && { labels } };
    return {
      field,
      shown: {
        ...shown,
        images: shownPlanes(images, size, shown, scaled),
        ...labels && { labels: shownPlanes(labels, size, shown) },
      },
    };
  }

  /**
   * The case as it was packed.
   *
   * @throws {BlockError} If a block is damaged.
   */
  whole(): PreparedVoxels {
    const { slices, channels, shown, tile, scaled, field: size, labelled, way, content, ...rest } =
      this.#description;
    const { id, subject, frame, domain } = this.#source;
    const area = size.height * size.width, pixels = channels * area;
    const images = new Float32Array(slices * pixels);
    const labels = labelled ? new Uint8Array(slices * area) : undefined;
    for (let slice = 0; slice < slices; slice++) {
      const block = this.#blocks.read(slice);
      images.set(new Float32Array(block.buffer, 0, pixels), slice * pixels);
      labels?.set(block.subarray(4 * pixels), slice * area);
    }
    return {
      ...{ id, subject, frame, domain, ...shown, slices, channels, tile, scaled, way, content },
      images: shownPlanes(images, size, shown, scaled),
      ...labels && { labels: shownPlanes(labels, size, shown) },
      field: { ...size, images, ...labels && { labels } },
      reference: {
        image: { header: rest.header, warnings: rest.warnings, volume: rest.image },
        ...rest.label && { label: { ...rest.label, data: this.#fileLabel(slices) } },
      },
    };
  }

  #fileLabel(index: number): Uint8Array {
    const count = voxelsOf(this.#description.label!), block = this.#blocks.read(index);
    try {
      // One more than there shall be, so that more is told from enough.
      const inflated = zlib().inflateRawSync(block, { maxOutputLength: count + 1 });
      if (inflated.length === count) return new Uint8Array(inflated);
    } catch {
      // It is no such stream, or holds more.
    }
    throw new BlockError(`Cannot unpack ${this.id}: its label is damaged, wanted ${count} voxels`);
  }
}

function voxelsOf({ shape }: { readonly shape: readonly number[] }): number {
  return shape.reduce((product, side) => product * side, 1);
}

/**
 * Holds a description to its blocks before anything is read: a slice has the bytes that it tells of, and
 * networks see no more than a slice has.
 */
function checkBlocks(id: string, description: Description, blocks: Blocks): void {
  const { slices, channels, field, shown, labelled, label, foreground } = description;
  const fail = (detail: string): never => {
    throw new BlockError(`Cannot unpack ${id}: ${detail}`);
  };
  if (blocks.count !== slices + (label ? 1 : 0)) {
    fail(`${blocks.count} blocks, ${slices} slices`);
  }
  const wanted = field.height * field.width * (4 * channels + (labelled ? 1 : 0));
  for (let n = 0; n < slices; n++) {
    if (blocks.size(n) !== wanted) {
      fail(`block ${n} has ${blocks.size(n)} bytes, its slice wants ${wanted}`);
    }
  }
  if (shown.height > field.height || shown.width > field.width) {
    fail(`${shown.height} x ${shown.width} are seen of ${field.height} x ${field.width} pixels`);
  }
  if (foreground.some((slice) => slice >= slices)) fail(`foreground lies beyond ${slices} slices`);
  if (label && voxelsOf(label) > blocks.size(slices) * MOST_INFLATION) {
    fail(`${blocks.size(slices)} bytes cannot hold a label of ${label.shape.join(" x ")}`);
  }
}

function parseDescription(text: string): Description {
  let value: unknown;
  try {
    value = parsePlainText(text);
  } catch (cause) {
    const detail = cause instanceof SyntaxError ? messageOf(cause) : "it is nested too deeply";
    throw new BlockError(`Cannot unpack a case: its description is no JSON (${detail})`);
  }
  const parsed = descriptionSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BlockError(`Cannot unpack a case: ${issueText(parsed.error.issues[0]!, value)}`);
}
