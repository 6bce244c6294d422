import { PyTorchError } from "./pytorch_error.ts";
import { Storage } from "./stored_tensor.ts";
import { storageId, TORCH_GLOBALS } from "./torch_globals.ts";
import { type PickleEnvironment, type PickleValue, shown, unpickle } from "./unpickle.ts";

/** What the first pickle of such a file is. */
const MAGIC = 0x1950a86a20f9469cfc6cn;

/** Version of the layout. */
const VERSION = 1001;

/**
 * What a file of PyTorch from before 1.6 holds: pickles of a magic number, a version, the machine, the
 * value and the keys of storages, and then these storages, each with its length before it.
 *
 * @throws {PyTorchError} If it is damaged, or asks for more than weights.
 */
export function readLegacyCheckpoint(bytes: Uint8Array, source: string): PickleValue {
  const fail = (detail: string): never => {
    throw new PyTorchError(`Cannot open ${source} as weights of PyTorch: ${detail}`);
  };
  const places = new Map<string, Uint8Array>();
  const storages = new Map<string, Storage>();
  const environment: PickleEnvironment = {
    globals: TORCH_GLOBALS,
    persistent(id, refuse) {
      const { type, key, length } = storageId(id, refuse);
      const known = storages.get(key);
      if (known !== undefined) {
        if (known.type === type && known.length === length) return known;
        return refuse(`its storage ${shown(key)} has two types or lengths`);
      }
      const storage = new Storage(type, length, () => places.get(key)!);
      storages.set(key, storage);
      return storage;
    },
  };
  let at = 0;
  const next = () => {
    const { value, end } = unpickle(bytes, environment, source, at);
    at = end;
    return value;
  };
  // A pickle of another kind may say anything here.
  if (bytes[0] !== 0x80 || next() !== MAGIC) fail("it is none: it begins otherwise");
  if (next() !== VERSION) fail(`its version is unknown, wanted ${VERSION}`);
  const machine = next();
  if (machine instanceof Map && machine.get("little_endian") === false) {
    fail("its numbers have their first byte first, wanted them last byte first");
  }
  const value = next(), keys = next();
  if (!Array.isArray(keys)) return fail("it does not tell in which order its storages lie");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const key of keys) {
    const storage = typeof key === "string" ? storages.get(key) : undefined;
    if (storage === undefined) return fail("it holds a storage that no tensor has");
    const size = storage.length * storage.type.bytes;
    if (at + 8 + size > bytes.length) return fail("it is cut short");
    if (view.getBigUint64(at, true) !== BigInt(storage.length)) {
      return fail(`its storage ${shown(key)} has another length than its tensors say`);
    }
    places.set(key, bytes.subarray(at + 8, at + 8 + size));
    at += 8 + size;
  }
  for (const key of storages.keys()) {
    if (!places.has(key)) fail(`its storage ${shown(key)} is missing`);
  }
  return value;
}
