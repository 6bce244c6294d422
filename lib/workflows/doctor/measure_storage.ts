import { decimalText } from "../../base/report/number_text.ts";
import { statfs } from "node:fs/promises";
import { dirname, join, resolve } from "../../base/deps/std.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { uniqueMark } from "../../formats/files/write_atomically.ts";

/** What a folder's disk offers; what could not be found out is absent. */
export interface Storage {
  /** What the folder is for. */
  readonly purpose: "runs" | "cache";
  /** The folder, or the nearest above it that is there. */
  readonly folder: string;
  readonly freeBytes?: number;
  /** Files that may still be made, where the disk counts them. */
  readonly freeFiles?: number;
  /** MB a second of one file, until it is on the disk; and read again, mostly from memory. */
  readonly writeSpeed?: number;
  readonly readSpeed?: number;
  /** Milliseconds that it takes to make and remove a small file. */
  readonly fileMs?: number;
  /** Why nothing can be written there. */
  readonly unwritable?: string;
}

const PART = 2 ** 20;
/** Parts that are written at most, and milliseconds after which no more are begun. */
const [MOST_PARTS, MOST_MS] = [16, 1000];
/** Small files. */
const FILES = 10;

/**
 * Looks at the disk of a folder: how much room there is, and how fast it takes and gives a file of 16 MB,
 * or what it takes of one in about a second. Nothing stays there.
 *
 * @param wanted The folder, which need not exist.
 */
export async function measureStorage(
  purpose: Storage["purpose"],
  wanted: string,
): Promise<Storage> {
  const folder = await nearest(resolve(wanted));
  const space = await spaceOf(folder);
  if (Deno.permissions.querySync({ name: "write", path: folder }).state !== "granted") {
    return { purpose, folder, ...space };
  }
  const probe = join(folder, `.${uniqueMark()}.tmp`);
  const drop = () => {
    try {
      Deno.removeSync(probe);
    } catch { /* it is gone */ }
  };
  // a Ctrl-C leaves nothing either
  globalThis.addEventListener("unload", drop);
  try {
    const first = await speedOf(probe);
    // a machine that is busy for a moment has no slow disk
    const second = isSlow(first) ? await speedOf(probe) : first;
    return { purpose, folder, ...space, ...better(first, second) };
  } catch (error) {
    return { purpose, folder, ...space, unwritable: messageOf(error) };
  } finally {
    drop();
    globalThis.removeEventListener("unload", drop);
  }
}

async function nearest(folder: string): Promise<string> {
  for (let at = folder;; at = dirname(at)) {
    const info = await Deno.stat(at).catch(() => undefined);
    if (info?.isDirectory || at === dirname(at)) return at;
  }
}

async function spaceOf(folder: string): Promise<Pick<Storage, "freeBytes" | "freeFiles">> {
  const sys = { name: "sys", kind: "statfs" } as unknown as Deno.SysPermissionDescriptor;
  if (Deno.permissions.querySync(sys).state !== "granted") return {};
  try {
    const { blocks, bavail, bsize, files, ffree } = await statfs(folder);
    // not every file system counts its files, or has room to count
    return {
      ...blocks > 0 && { freeBytes: bavail * bsize },
      ...files > 0 && { freeFiles: ffree },
    };
  } catch {
    return {};
  }
}

/** MB a second, and milliseconds a file, from where on storage is slow. */
const SLOW = { write: 10, read: 20, fileMs: 50 };

/** What of the speeds is slow, in words; empty where nothing is. */
export function slowText({ writeSpeed, readSpeed, fileMs }: Partial<Speed>): string {
  return [
    ...writeSpeed !== undefined && writeSpeed < SLOW.write
      ? [`writes ${decimalText(writeSpeed)} MB/s`]
      : [],
    ...readSpeed !== undefined && readSpeed < SLOW.read
      ? [`reads ${decimalText(readSpeed)} MB/s`]
      : [],
    ...fileMs !== undefined && fileMs > SLOW.fileMs
      ? [`takes ${Math.round(fileMs)} ms a small file`]
      : [],
  ].join(", ");
}

type Speed = Required<Pick<Storage, "writeSpeed" | "readSpeed" | "fileMs">>;

const isSlow = (speed: Speed) => slowText(speed) !== "";

function better(one: Speed, other: Speed): Speed {
  return {
    writeSpeed: Math.max(one.writeSpeed, other.writeSpeed),
    readSpeed: Math.max(one.readSpeed, other.readSpeed),
    fileMs: Math.min(one.fileMs, other.fileMs),
  };
}

async function speedOf(path: string): Promise<Speed> {
  const part = crypto.getRandomValues(new Uint8Array(2 ** 16));
  const bytes = new Uint8Array(PART);
  for (let at = 0; at < PART; at += part.length) bytes.set(part, at);
  let parts = 0;
  const began = performance.now();
  {
    using file = await Deno.open(path, { write: true, createNew: true });
    while (parts < MOST_PARTS && performance.now() - began < MOST_MS) {
      for (let written = 0; written < PART;) written += await file.write(bytes.subarray(written));
      parts++;
    }
    await file.sync();
  }
  const written = performance.now();
  await Deno.readFile(path);
  const read = performance.now();
  await Deno.remove(path);
  const small = performance.now();
  for (let n = 0; n < FILES; n++) {
    (await Deno.open(path, { write: true, createNew: true })).close();
    await Deno.remove(path);
    if (performance.now() - small > MOST_MS) return result(n + 1);
  }
  return result(FILES);

  function result(count: number) {
    const speed = (ms: number) => parts * PART / 1e6 / (ms / 1000);
    return {
      writeSpeed: speed(written - began),
      readSpeed: speed(read - written),
      fileMs: (performance.now() - small) / count,
    };
  }
}
