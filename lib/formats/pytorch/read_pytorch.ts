/** Weights that PyTorch saved, read without running anything that the file says. */
import { messageOf } from "../../base/text/message_of.ts";
import { readLegacyCheckpoint } from "./legacy_checkpoint.ts";
import { PyTorchError } from "./pytorch_error.ts";
import { type PyTorchTensor, StoredTensor } from "./stored_tensor.ts";
import { type PickleValue, shown } from "./unpickle.ts";
import { isZip, readZipCheckpoint } from "./zip_checkpoint.ts";

/** Dictionaries in dictionaries at the most, and entries of them all. */
const DEEPEST = 16, MOST_ENTRIES = 100_000;

/** A file is read whole: memory holds none that is larger. */
const MOST_BYTES = 2 ** 31;

/** What a file of PyTorch holds. */
export interface PyTorchContent {
  /** By name; names of dictionaries in dictionaries are joined by dots. */
  readonly tensors: ReadonlyMap<string, PyTorchTensor>;
  /** The names of all else, as `epoch`. */
  readonly others: readonly string[];
}

/**
 * Reads a state dictionary, or dictionaries of such, as `torch.save` writes them.
 *
 * A pickle is a program; of its words only those are known that build dictionaries of tensors, and no
 * function that it names is run.
 *
 * @param source What errors call the file.
 * @throws {PyTorchError} If it is damaged, or holds anything but dictionaries, lists, numbers, texts and
 * tensors.
 */
export function decodePyTorch(bytes: Uint8Array, source = "bytes"): PyTorchContent {
  const value = isZip(bytes)
    ? readZipCheckpoint(bytes, source)
    : readLegacyCheckpoint(bytes, source);
  const tensors = new Map<string, StoredTensor>(), others: string[] = [];
  // Dictionaries may hold one another many times over: all ways to them are counted.
  let visited = 0;
  const add = (own: PickleValue, path: readonly string[]) => {
    if (path.length > DEEPEST || ++visited > MOST_ENTRIES) {
      throw new PyTorchError(
        `Cannot open ${source} as weights of PyTorch: its dictionaries lie deeper than ${DEEPEST}, ` +
          `or hold more than ${MOST_ENTRIES} entries`,
      );
    }
    const name = path.join(".");
    if (tensors.has(name)) {
      throw new PyTorchError(
        `Cannot open ${source} as weights of PyTorch: it holds two tensors called ${name}`,
      );
    }
    if (own instanceof StoredTensor) tensors.set(name, own);
    else if (!(own instanceof Map)) others.push(path.join("."));
    else for (const [key, child] of own) add(child, [...path, nameOf(key)]);
  };
  if (!(value instanceof Map)) {
    throw new PyTorchError(
      `Cannot open ${source} as weights of PyTorch: it holds no dictionary, wanted a state ` +
        "dictionary, as torch.save(model.state_dict(), FILE) writes it",
    );
  }
  add(value, []);
  return { tensors, others };
}

function nameOf(key: PickleValue): string {
  return typeof key === "string" || typeof key === "number" ? shown(String(key)) : "?";
}

/**
 * Reads a file of PyTorch; see {@linkcode decodePyTorch}.
 *
 * @throws {PyTorchError} If it cannot be opened, is larger than 2 GiB, or as `decodePyTorch`.
 */
export async function readPyTorch(path: string): Promise<PyTorchContent> {
  let bytes: Uint8Array;
  try {
    const { size, isFile } = await Deno.stat(path);
    if (!isFile) throw new TypeError("it is no file");
    if (size > MOST_BYTES) throw new RangeError(`it has ${size} bytes, wanted ${MOST_BYTES}`);
    bytes = await Deno.readFile(path);
  } catch (cause) {
    throw new PyTorchError(`Cannot open ${path}: ${messageOf(cause)}`, { cause });
  }
  return decodePyTorch(bytes, path);
}
