/** Folders and names that one process at a time may use. */
import { basename, dirname, join } from "../../base/deps/std.ts";
import { z } from "../../base/deps/zod.ts";
import { exists } from "./exists.ts";
import { fileTime } from "./file_time.ts";
import { isDead } from "./is_dead.ts";
import { tryLock } from "./try_lock.ts";
import { uniqueMark, WriteError } from "./write_atomically.ts";

/** Milliseconds between a holder's signs of life. */
const BEAT = 30_000;

/** Milliseconds without a sign of life after which a claim is given up, whatever else is known. */
const LEASE = 20 * BEAT;

/** Milliseconds that a holder may take to write what it has created. */
const GRACE = 60_000;

const ownerSchema = z.object({
  pid: z.number().int(),
  /** Empty where the permission to ask for it was not given. */
  host: z.string(),
  started: z.string(),
  token: z.string(),
  /** Whether the holder has the system's lock on the file too. */
  locked: z.boolean(),
});

type Owner = z.infer<typeof ownerSchema>;

/** What somebody else uses; nothing was changed. */
export class ClaimError extends Error {
  /** Its class by name. */
  override readonly name = "ClaimError";
}

/** Something that is claimed, until it is disposed of. */
export interface Claim extends Disposable {
  /**
   * Holds the claim to what its file says by now: to be asked before what another process would lose.
   *
   * @throws {ClaimError} If another process has taken the claim over, whether it still has it or not.
   */
  assertHeld(): Promise<void>;
}

/** How to claim. */
export interface ClaimOptions {
  /** What is wanted, as it stands after "Cannot": "go on with run a". */
  readonly task: string;
  /** Is told of a claim that was left behind and taken over. */
  readonly onNotice?: ((line: string) => void) | undefined;
  /**
   * Is told, once, that another process has taken the claim over: this one gave no sign of life for too
   * long, as one that was suspended, and has to stop.
   */
  readonly onLost?: (() => void) | undefined;
  /** Milliseconds between signs of life; 30 000 by default. */
  readonly beat?: number;
}

/**
 * Claims something by one exclusive act, the creation of a file that tells who holds it: process,
 * host and time. It is let go of by disposing, or when the process exits by `Deno.exit`.
 *
 * A claim left behind by a killed process is taken over: at once where that the process is gone can be
 * told, by the system's lock or by its number on the same host, and else ten minutes after its last
 * sign of life. The lock of the system is evidence only: file systems without it serve as well.
 *
 * @param path The file, in a folder that is there.
 * @throws {ClaimError} If another holds it, with who and since when.
 * @throws {WriteError} If the disk refuses.
 */
export async function claim(path: string, options: ClaimOptions): Promise<Claim> {
  const { task, onNotice } = options;
  for (;;) {
    const made = await exists(path) ? undefined : await create(path, options);
    if (made !== undefined) {
      await removeOld(guardOf(path));
      return made;
    }
    const owner = await readOwner(path);
    if (owner === undefined) continue;
    if (!await isLeft(path, owner)) {
      throw new ClaimError(
        `Cannot ${task}: another process is running it (${whoText(owner)}); ` +
          `if that one is gone, remove ${path}`,
      );
    }
    if (await giveUp(path, owner)) {
      onNotice?.(`took over ${path}, left behind by a process that is gone (${whoText(owner)})`);
    }
  }
}

/**
 * Makes the file; undefined where there is one. It gets its name by a second one of what is written
 * already, so that no killed process leaves a claim that does not say whose it is.
 */
async function create(path: string, how: ClaimOptions): Promise<Claim | undefined> {
  const hidden = `.${basename(path).replace(/^\./, "")}.${uniqueMark()}.tmp`;
  const neighbour = join(dirname(path), hidden);
  const made = await createAt(neighbour, path, how);
  try {
    await Deno.link(neighbour, path);
  } catch (error) {
    // where the answer of a file server was lost, the second asking finds what the first has made
    if (await hasTwoNames(neighbour)) {
      await Deno.remove(neighbour).catch(() => {});
      return made;
    }
    await Deno.remove(neighbour).catch(() => {});
    made?.[Symbol.dispose]();
    if (error instanceof Deno.errors.AlreadyExists) return undefined;
    // some file systems know no second name of a file
    return await createAt(path, path, how);
  }
  await Deno.remove(neighbour).catch(() => {});
  return made;
}

async function hasTwoNames(path: string): Promise<boolean> {
  return (await Deno.lstat(path).catch(() => undefined))?.nlink === 2;
}

/** Makes the file under this name, for the claim of that path; undefined where there is one. */
async function createAt(
  name: string,
  path: string,
  how: ClaimOptions,
): Promise<Claim | undefined> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(name, { createNew: true, write: true });
  } catch (cause) {
    if (cause instanceof Deno.errors.AlreadyExists) return undefined;
    throw new WriteError(path, { cause });
  }
  const locked = tryLock(file);
  const started = new Date().toISOString();
  const owner = { pid: Deno.pid, host: host(), started, token: crypto.randomUUID(), locked };
  const bytes = new TextEncoder().encode(JSON.stringify(owner) + "\n");
  try {
    file.writeSync(bytes);
  } catch (cause) {
    file.close();
    await Deno.remove(name).catch(() => {});
    throw new WriteError(path, { cause });
  }
  return hold(path, file, { token: owner.token, bytes }, how);
}

/** Shows signs of life until it is disposed of. */
function hold(
  path: string,
  file: Deno.FsFile,
  { token, bytes }: { readonly token: string; readonly bytes: Uint8Array },
  { task, onLost, beat: every = BEAT }: ClaimOptions,
): Claim {
  // A file server that does not answer just now tells nothing; one without the file does.
  const isLost = async () => {
    try {
      return parseOwner(await Deno.readTextFile(path))?.token !== token;
    } catch (error) {
      return error instanceof Deno.errors.NotFound;
    }
  };
  const beat = setInterval(async () => {
    if (await isLost()) {
      clearInterval(beat);
      if (held) onLost?.();
      return;
    }
    // The same bytes again: the file's time is then by the clock of where it lies.
    try {
      file.seekSync(0, Deno.SeekMode.Start);
      file.writeSync(bytes);
    } catch { /* the next beat may come through */ }
  }, every);
  Deno.unrefTimer(beat);
  let held = true;
  const release = () => {
    if (!held) return;
    held = false;
    clearInterval(beat);
    globalThis.removeEventListener("unload", release);
    // not what another made, that gave this process up
    try {
      if (parseOwner(Deno.readTextFileSync(path))?.token === token) Deno.removeSync(path);
    } catch { /* gone with its folder */ }
    file.close();
  };
  globalThis.addEventListener("unload", release);
  return {
    async assertHeld() {
      if (held && !await isLost()) return;
      throw new ClaimError(
        `Cannot ${task}: another process has taken it over meanwhile, since this one ` +
          `gave no sign of life for too long, or ${path} was removed; nothing more is written`,
      );
    },
    [Symbol.dispose]: release,
  };
}

/** A process that uses something. */
export interface Holder {
  /** Empty where it did not say. */
  readonly host: string;
  /** 0 where it did not say. */
  readonly pid: number;
  /** Since when, as ISO 8601. */
  readonly started: string;
}

/** Who holds a claim, as far as can be told from here; undefined where nobody does, or is gone. */
export async function holderOf(path: string): Promise<Holder | undefined> {
  const owner = await readOwner(path);
  if (owner === undefined || await isLeft(path, owner)) return undefined;
  const { host, pid, started } = owner;
  return { host, pid, started };
}

/** Who holds a claim; undefined where it was let go of meanwhile. */
async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    for (let look = 0;; look++) {
      const text = await Deno.readTextFile(path);
      const owner = parseOwner(text);
      if (owner !== undefined) return owner;
      if (look < 10) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        continue;
      }
      const { mtime } = await Deno.stat(path);
      const started = mtime?.toISOString() ?? "";
      return { pid: 0, host: "", started, token: text, locked: false };
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function parseOwner(text: string): Owner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Whether the holder of a claim is gone. */
async function isLeft(path: string, { pid, host: theirs, locked }: Owner): Promise<boolean> {
  const isHere = pid !== 0 && theirs === host();
  // the best evidence: one that computes for long shows no other sign of life
  if (isHere && locked) {
    try {
      using file = await Deno.open(path, { write: true });
      return tryLock(file);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) return false;
    }
  }
  const age = await fileTime(dirname(path)) - (await modified(path));
  if (age > (pid === 0 ? GRACE : LEASE)) return true;
  return isHere && theirs !== "" && pid !== Deno.pid && await isDead(pid);
}

async function modified(path: string): Promise<number> {
  const info = await Deno.stat(path).catch(() => undefined);
  return info?.mtime?.getTime() ?? Date.now();
}

/**
 * Removes a claim that was left behind. Behind a claim of its own, so that of two who saw it the
 * second does not remove what the first has made in its place.
 */
async function giveUp(path: string, { token }: Owner): Promise<boolean> {
  const guard = guardOf(path);
  try {
    (await Deno.open(guard, { createNew: true, write: true })).close();
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AlreadyExists)) throw new WriteError(guard, { cause });
    await removeOld(guard);
    await new Promise((resolve) => setTimeout(resolve, 50));
    return false;
  }
  try {
    if ((await readOwner(path))?.token !== token) return false;
    await Deno.remove(path);
    return true;
  } finally {
    await Deno.remove(guard).catch(() => {});
  }
}

function guardOf(path: string): string {
  return `${path}.takeover`;
}

/** Removes the guard of a process that was killed while it took a claim over. */
async function removeOld(guard: string): Promise<void> {
  const age = await fileTime(dirname(guard)) - (await modified(guard));
  if (age > GRACE) await Deno.remove(guard).catch(() => {});
}

function host(): string {
  try {
    return Deno.hostname();
  } catch {
    return "";
  }
}

function whoText({ pid, host, started }: Owner): string {
  if (pid === 0) return `since ${started}`;
  return `process ${pid}${host === "" ? "" : ` on ${host}`}, since ${started}`;
}
