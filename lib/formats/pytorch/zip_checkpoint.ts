import { unzipSync } from "../../base/deps/fflate.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { PyTorchError } from "./pytorch_error.ts";
import { Storage } from "./stored_tensor.ts";
import { storageId, TORCH_GLOBALS } from "./torch_globals.ts";
import { type PickleValue, shown, unpickle } from "./unpickle.ts";

/** Files of an archive at the most: one a storage, and a few beside them. */
const MOST_FILES = 100_000;

/** Whether bytes are a ZIP file, as PyTorch writes since 1.6. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

/**
 * What a ZIP file of PyTorch holds: `data.pkl`, and a storage of numbers beside it a file.
 *
 * @throws {PyTorchError} If it is damaged, compressed, or asks for more than weights.
 */
export function readZipCheckpoint(bytes: Uint8Array, source: string): PickleValue {
  const fail = (detail: string): never => {
    throw new PyTorchError(`Cannot open ${source} as weights of PyTorch: ${detail}`);
  };
  const files = unzip(bytes, fail);
  const pickles = [...files.keys()].filter((name) => /^[^/]+\/data\.pkl$/.test(name));
  if (pickles.length !== 1) {
    return fail(`it is a ZIP file with ${pickles.length} files data.pkl, wanted one`);
  }
  const folder = pickles[0]!.slice(0, -"data.pkl".length);
  const order = files.get(`${folder}byteorder`);
  if (order !== undefined && new TextDecoder().decode(order).trim() !== "little") {
    return fail("its numbers have their first byte first, wanted them last byte first");
  }
  const storages = new Map<string, Storage>();
  const persistent = (id: PickleValue, refuse: (detail: string) => never) => {
    const { type, key, length } = storageId(id, refuse);
    const data = files.get(`${folder}data/${key}`);
    if (data === undefined) return refuse(`the file data/${shown(key)} is missing`);
    if (data.length !== length * type.bytes) {
      return refuse(
        `data/${shown(key)} has ${data.length} bytes, wanted ${length} elements of ${type.name}`,
      );
    }
    const known = storages.get(key);
    if (known !== undefined && known.type === type) return known;
    const storage = new Storage(type, length, () => data);
    storages.set(key, storage);
    return storage;
  };
  return unpickle(files.get(pickles[0]!)!, { globals: TORCH_GLOBALS, persistent }, source).value;
}

/** The files of an archive, none of them compressed, so that none unpacks to more than it is. */
function unzip(bytes: Uint8Array, fail: (detail: string) => never): Map<string, Uint8Array> {
  let total = 0, count = 0;
  try {
    const files = unzipSync(bytes, {
      filter({ name, size, originalSize, compression }) {
        if (compression !== 0 || size !== originalSize) {
          fail(`${shown(name)} is compressed, which PyTorch does not do`);
        }
        total += size;
        if (++count > MOST_FILES) fail(`it holds more than ${MOST_FILES} files`);
        if (total > bytes.length) fail("its files are longer than itself");
        return true;
      },
    });
    return new Map(Object.entries(files));
  } catch (error) {
    if (error instanceof PyTorchError) throw error;
    return fail(`its ZIP archive is damaged: ${messageOf(error)}`);
  }
}
