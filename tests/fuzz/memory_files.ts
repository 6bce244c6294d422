/** Files in memory that the readers' own calls find, so that a campaign touches no disk. */

/** Files by absolute path. */
export type FilesByPath = ReadonlyMap<string, Uint8Array>;

let files: FilesByPath = new Map();
/** Names in each folder, and which of them are folders. */
let folders = new Map<string, Map<string, boolean>>();

/** Has the readers find these files and no other below their folders; all else is the disk's. */
export function placeFiles(placed: FilesByPath): void {
  files = placed;
  folders = new Map();
  for (const path of placed.keys()) {
    let isFolder = false;
    for (let at = path; at.length > 1;) {
      const cut = at.lastIndexOf("/"), parent = at.slice(0, cut) || "/";
      if (parent === "/") break;
      const names = folders.get(parent) ?? new Map<string, boolean>();
      names.set(at.slice(cut + 1), isFolder);
      folders.set(parent, names);
      [at, isFolder] = [parent, true];
    }
  }
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function infoOf(path: string): Deno.FileInfo | undefined {
  const bytes = files.get(path), isDirectory = folders.has(path);
  if (bytes === undefined && !isDirectory) return undefined;
  const time = new Date(0);
  return {
    isFile: !isDirectory,
    isDirectory,
    isSymlink: false,
    size: bytes?.length ?? 0,
    ...{
      mtime: time,
      atime: time,
      birthtime: time,
      ctime: time,
      dev: 0,
      ino: 0,
      mode: 0,
      nlink: 1,
    },
    ...{ uid: 0, gid: 0, rdev: 0, blksize: 0, blocks: 0, isBlockDevice: false },
    ...{ isCharDevice: false, isFifo: false, isSocket: false },
  } as Deno.FileInfo;
}

class MemoryFile {
  #at = 0;
  constructor(readonly bytes: Uint8Array, readonly path: string) {}
  readSync(into: Uint8Array): number | null {
    if (into.length === 0) return 0;
    const part = this.bytes.subarray(this.#at, this.#at + into.length);
    if (part.length === 0) return null;
    into.set(part);
    this.#at += part.length;
    return part.length;
  }
  read(into: Uint8Array) {
    return Promise.resolve(this.readSync(into));
  }
  seekSync(offset: number): number {
    return this.#at = offset;
  }
  seek(offset: number) {
    return Promise.resolve(this.seekSync(offset));
  }
  statSync() {
    return infoOf(this.path)!;
  }
  stat() {
    return Promise.resolve(this.statSync());
  }
  close() {}
  [Symbol.dispose]() {}
}

/** Where a path leads in plain form, `.` and `..` taken out. */
function plain(path: string | URL): string {
  const text = String(path);
  if (!text.startsWith("/") || text.includes("\0")) return text;
  const parts: string[] = [];
  for (const part of text.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** Puts the files in the place of the disk's for this thread, for good. */
export function serveFiles(): void {
  const disk = { ...Deno };
  const found = (path: string | URL) => files.get(plain(path));
  // A copy: what a reader does to its bytes is its own.
  Deno.readFileSync = (path) =>
    found(path)?.slice() as Uint8Array<ArrayBuffer> ?? disk.readFileSync(path);
  Deno.readFile = async (path, options) =>
    found(path)?.slice() as Uint8Array<ArrayBuffer> ?? await disk.readFile(path, options);
  Deno.readTextFileSync = (path) => {
    const bytes = found(path);
    return bytes === undefined ? disk.readTextFileSync(path) : decoder.decode(bytes);
  };
  Deno.readTextFile = async (path, options) => {
    const bytes = found(path);
    return bytes === undefined ? await disk.readTextFile(path, options) : decoder.decode(bytes);
  };
  Deno.statSync = (path) => infoOf(plain(path)) ?? disk.statSync(path);
  Deno.lstatSync = (path) => infoOf(plain(path)) ?? disk.lstatSync(path);
  Deno.stat = async (path) => infoOf(plain(path)) ?? await disk.stat(path);
  Deno.lstat = async (path) => infoOf(plain(path)) ?? await disk.lstat(path);
  Deno.realPath = async (path) =>
    infoOf(plain(path)) === undefined ? await disk.realPath(path) : plain(path);
  Deno.openSync = (path, options) => {
    const bytes = found(path);
    return bytes === undefined
      ? disk.openSync(path, options)
      : new MemoryFile(bytes, plain(path)) as unknown as Deno.FsFile;
  };
  Deno.open = async (path, options) => {
    const bytes = found(path);
    return bytes === undefined
      ? await disk.open(path, options)
      : new MemoryFile(bytes, plain(path)) as unknown as Deno.FsFile;
  };
  Deno.readDir = (path) => {
    const names = folders.get(plain(path));
    if (names === undefined) return disk.readDir(path);
    const entries = [...names].map(([name, isDirectory]): Deno.DirEntry => ({
      ...{ name, isDirectory, isFile: !isDirectory, isSymlink: false },
    }));
    return (async function* () {
      yield* entries;
    })();
  };
}
