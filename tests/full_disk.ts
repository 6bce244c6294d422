/** A disk that is full for files of some names. */

/**
 * Has what is written to a file of this name meet a full disk, until disposed of: the file itself is
 * reached by a passing neighbour, which leads to `/dev/full`.
 */
export function fullDisk(name: string): Disposable {
  const { open } = Deno;
  Deno.open = (path, options) =>
    new RegExp(`[.]${name.replaceAll(".", "[.]")}[.][^/]*[.]tmp$`).test(String(path))
      ? open("/dev/full", { write: true })
      : open(path, options);
  return { [Symbol.dispose]: () => void (Deno.open = open) };
}

/**
 * Has the disk be full from a write on, counted from 1, until disposed of: of that write half is taken,
 * as a disk does that fills up.
 */
export function fullDiskFrom(first: number): Disposable & { readonly writes: number } {
  const { write, writeSync } = Deno.FsFile.prototype;
  let writes = 0;
  const refuse = (file: Deno.FsFile, bytes: Uint8Array) => {
    if (writes === first) writeSync.call(file, bytes.subarray(0, bytes.length >> 1));
    throw new Error("No space left on device (os error 28)");
  };
  Deno.FsFile.prototype.writeSync = function (bytes) {
    return ++writes < first ? writeSync.call(this, bytes) : refuse(this, bytes);
  };
  Deno.FsFile.prototype.write = async function (bytes) {
    return ++writes < first ? await write.call(this, bytes) : refuse(this, bytes);
  };
  return {
    get writes() {
      return writes;
    },
    [Symbol.dispose]: () => void Object.assign(Deno.FsFile.prototype, { write, writeSync }),
  };
}
