import { SafetensorsError } from "./safetensors_error.ts";
import {
  type Dtype,
  DTYPES,
  type SafetensorsContent,
  type TensorData,
  type TensorRecord,
} from "./tensor_record.ts";
import { widened, WIDENED_TYPES } from "./widened_types.ts";

/** The format's own limit, which keeps a damaged length from asking for endless memory. */
const MAX_HEADER_BYTES = 100_000_000;

/** How to unpack. */
export interface SafetensorsOptions {
  /** Read half floats, short whole numbers and truth values, too, as float32; not by default. */
  readonly widen?: boolean;
}

/**
 * Unpacks the bytes of a safetensors file. The tensors are copies.
 *
 * @param source What errors call the file.
 * @throws {SafetensorsError} If the bytes are cut short, the header is no valid one, an element
 * type is none of F64, I64, F32, I32, U8 (or those of `widen`), offsets and shapes do not agree, or two tensors share bytes.
 */
export function decodeSafetensors(
  bytes: Uint8Array,
  source = "bytes",
  { widen = false }: SafetensorsOptions = {},
): SafetensorsContent {
  const fail = (detail: string): never => {
    throw new SafetensorsError(`Cannot open ${source} as safetensors: ${detail}`);
  };
  if (bytes.length < 8) fail(`it has ${bytes.length} bytes, wanted at least 8`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES || length > bytes.length - 8) {
    fail(`the header claims ${length} bytes, but ${bytes.length - 8} follow`);
  }
  // A plain view: slices of a Node Buffer would share its memory.
  const body = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length).subarray(8 + length);
  const { __metadata__: metadata = {}, ...entries } = parseHeader(bytes.subarray(8, 8 + length)) ??
    fail("the header is no JSON object");
  if (!isTexts(metadata)) return fail("its __metadata__ is no record of texts");

  const spans: { name: string; start: number; end: number }[] = [];
  const tensors = new Map<string, TensorRecord>();
  let total = 0;
  for (const [name, entry] of Object.entries(entries)) {
    if (!isEntry(entry)) return fail(`tensor ${name} has a malformed header entry`);
    const { dtype, shape, data_offsets: [start, end] } = entry;
    const array = Object.hasOwn(DTYPES, dtype) ? DTYPES[dtype as Dtype] : undefined;
    const other = widen && Object.hasOwn(WIDENED_TYPES, dtype) ? WIDENED_TYPES[dtype] : undefined;
    const width = array?.BYTES_PER_ELEMENT ?? other?.bytes;
    if (width === undefined) {
      const known = [...Object.keys(DTYPES), ...widen ? Object.keys(WIDENED_TYPES) : []];
      return fail(`tensor ${name} has type ${dtype}, wanted one of ${known}`);
    }
    const size = shape.reduce((product, side) => product * side, width);
    if (start < 0 || end - start !== size) {
      fail(
        `tensor ${name} of shape [${shape}] wants ${size} bytes, offsets are ${start} to ${end}`,
      );
    }
    if (end > body.length) {
      fail(`tensor ${name} ends at byte ${end} of the data, which has ${body.length}: cut short?`);
    }
    // A copy starts at an aligned address whatever the file's layout.
    const copy = body.slice(start, end);
    const data = array === undefined ? widened(other!, copy) : new array(copy.buffer) as TensorData;
    tensors.set(name, { shape, data });
    spans.push({ name, start, end });
    total += size;
  }
  spans.sort((a, b) => a.start - b.start || a.end - b.end).reduce((before, span) => {
    if (span.start < before.end) fail(`tensors ${before.name} and ${span.name} share bytes`);
    return span;
  }, { name: "", start: 0, end: 0 });
  if (total !== body.length) {
    fail(`its tensors fill ${total} bytes of the data, which has ${body.length}`);
  }
  return { tensors, metadata };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return header !== null && typeof header === "object" && !Array.isArray(header)
      ? header
      : undefined;
  } catch {
    return undefined;
  }
}

function isTexts(value: unknown): value is Record<string, string> {
  return value !== null && typeof value === "object" && !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === "string");
}

function isEntry(
  value: unknown,
): value is { dtype: string; shape: number[]; data_offsets: [number, number] } {
  const { dtype, shape, data_offsets } = (value ?? {}) as Record<string, unknown>;
  const whole = (list: unknown) =>
    Array.isArray(list) && list.every((n) => Number.isSafeInteger(n) && n >= 0);
  return typeof dtype === "string" && whole(shape) && whole(data_offsets) &&
    (data_offsets as unknown[]).length === 2;
}
