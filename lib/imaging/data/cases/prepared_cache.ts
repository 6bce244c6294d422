/**
 * Prepared cases on disk, shared by all runs: a file each, named by the digest of what decides how it
 * comes out: the bytes of the case's files, how they are read, and the preparation with its version.
 * Beside them lie notes of files that were seen: by path, length and times they tell, without reading
 * them, which cases are probably there. Before a case is used, its files' bytes decide.
 */
import { z } from "../../../base/deps/zod.ts";
import { join } from "../../../base/deps/std.ts";
import { messageOf } from "../../../base/text/message_of.ts";
import { BlockError } from "../../../formats/blocks/block_error.ts";
import { openBlocks, writeBlocks } from "../../../formats/blocks/block_file.ts";
import { exists } from "../../../formats/files/exists.ts";
import { removeLeft } from "../../../formats/files/remove_left.ts";
import { writeAtomically } from "../../../formats/files/write_atomically.ts";
import { type PackedCase, UnpackedCase } from "../preparation/packed_case.ts";
import { parsePlainText, plainText } from "../preparation/plain_text.ts";
import {
  type Preparation,
  preparationSchema,
  PREPARED_VERSION,
} from "../preparation/prepare_case.ts";
import { contentDigest, filePlaces, textDigest } from "./case_files.ts";
import type { CaseOutline, CaseSource, FileCase } from "./case_source.ts";

/** The endings of the files that a cache holds. */
export const ENTRY_SUFFIX = ".case", NOTE_SUFFIX = ".seen", TEXT_SUFFIX = ".json";

/** The version of notes. */
const NOTE_VERSION = 1;

const noteSchema = z.strictObject({
  version: z.literal(NOTE_VERSION),
  content: z.string(),
  outline: z.strictObject({
    shape: z.tuple([z.int(), z.int(), z.int()]),
    affine: z.array(z.number()).length(16),
    warnings: z.array(z.string()),
  }),
});

/** A case that can be kept: what its files hold, and the name of its entry. */
export interface CacheKey {
  /** The digest of its files' bytes and of how they are read. */
  readonly content: string;
  readonly entry: string;
  /** The name of the note about its files; absent where they have only just been changed. */
  readonly note?: string;
}

/** What is known of a case that is there. */
export interface KnownCase {
  readonly outline: CaseOutline;
  /** The name of its entry. */
  readonly entry: string;
}

/** A folder of prepared cases. */
export class PreparedCache {
  readonly dir: string;
  readonly #onNotice: (line: string) => void;
  #refused = false;

  /** @param onNotice Is told, once, that the disk takes no more. */
  constructor(dir: string, onNotice: (line: string) => void = () => {}) {
    this.dir = dir;
    this.#onNotice = onNotice;
  }

  /**
   * What a case is kept by, from the bytes of its files; undefined where no files decide what it is,
   * or they cannot be read.
   */
  async keyOf(source: CaseSource, preparation: Preparation): Promise<CacheKey | undefined> {
    const { files } = source.load;
    if (files === undefined) return undefined;
    try {
      const before = await filePlaces(files);
      const content = await contentDigest(files);
      const entry = await this.#entryOf(content, source, preparation);
      return { content, entry, ...before.settled && { note: before.stamp } };
    } catch {
      // Loading it tells what is wrong.
      return undefined;
    }
  }

  async #entryOf(content: string, { orientation }: CaseSource, preparation: Preparation) {
    const how = [PREPARED_VERSION, preparationSchema.parse(preparation), orientation ?? null];
    return await textDigest(JSON.stringify([content, ...how]));
  }

  /**
   * A case that was prepared before, as far as can be told without reading its files;
   * undefined where it has to be prepared.
   */
  async known(source: CaseSource, preparation: Preparation): Promise<KnownCase | undefined> {
    const { files } = source.load;
    if (files === undefined) return undefined;
    try {
      const { stamp, settled } = await filePlaces(files);
      if (!settled) return undefined;
      const text = Deno.readTextFileSync(this.#path(stamp, NOTE_SUFFIX));
      const note = noteSchema.parse(parsePlainText(text));
      const entry = await this.#entryOf(note.content, source, preparation);
      Deno.statSync(this.#path(entry, ENTRY_SUFFIX));
      return { outline: note.outline, entry };
    } catch {
      // No note, none that can be read, or no entry.
      return undefined;
    }
  }

  /** The prepared case, of which slices are read when they are wanted; undefined where it is not there
   * or damaged. */
  open(entry: string, source: CaseSource & Partial<FileCase>): UnpackedCase | undefined {
    const path = this.#path(entry, ENTRY_SUFFIX);
    try {
      const opened = new UnpackedCase(source, openBlocks(path));
      return opened.tellsOf ? opened : undefined;
    } catch (error) {
      if (error instanceof BlockError || error instanceof Deno.errors.NotFound) return undefined;
      this.#refuse(error);
      return undefined;
    }
  }

  /** Notes that an entry is in use, and, for the next run, what its files are known by. */
  async note({ content, entry, note }: CacheKey, outline: () => Promise<CaseOutline>) {
    if (this.#refused) return;
    try {
      const now = new Date();
      await Deno.utime(this.#path(entry, ENTRY_SUFFIX), now, now);
      if (note === undefined) return;
      const path = this.#path(note, NOTE_SUFFIX);
      if (await exists(path)) return await Deno.utime(path, now, now);
      const { shape, affine, warnings } = await outline();
      const text = plainText({
        version: NOTE_VERSION,
        content,
        outline: { shape, affine, warnings },
      });
      await writeAtomically(path, text, { shared: true });
    } catch {
      // A cache that can only be read still serves.
    }
  }

  /**
   * Keeps a prepared case.
   *
   * @returns Whether it is there now; a disk that refuses is told once.
   */
  async keep(key: CacheKey, source: CaseSource, packed: PackedCase): Promise<boolean> {
    if (this.#refused) return false;
    try {
      const { files } = source.load;
      // Of files that were changed meanwhile nobody knows which bytes were prepared.
      if (files === undefined || await contentDigest(files) !== key.content) return false;
      await writeBlocks(this.#path(key.entry, ENTRY_SUFFIX), packed.text, packed.blocks);
      return true;
    } catch (error) {
      this.#refuse(error);
      return false;
    }
  }

  /** A text that was kept by this name, 64 hexadecimal digits; undefined where there is none. */
  async text(name: string): Promise<string | undefined> {
    return await Deno.readTextFile(this.#path(name, TEXT_SUFFIX)).catch(() => undefined);
  }

  /** Keeps a text by a name of 64 hexadecimal digits; a disk that refuses is told once. */
  async keepText(name: string, text: string): Promise<void> {
    if (this.#refused) return;
    try {
      await writeAtomically(this.#path(name, TEXT_SUFFIX), text, { shared: true });
    } catch (error) {
      this.#refuse(error);
    }
  }

  #refuse(error: unknown): void {
    if (!this.#refused) this.#onNotice(refusal(this.dir, error));
    this.#refused = true;
  }

  #path(name: string, suffix: string): string {
    return join(this.dir, name + suffix);
  }
}

/** That a cache cannot be used, in a line. */
function refusal(dir: string, error: unknown): string {
  return `cannot use the cache ${dir} (${messageOf(error)}): going on without it`;
}

/**
 * Opens a cache, and makes its folder where there is none; removes what killed processes have left
 * half-written in it.
 *
 * @param onNotice Is told where it cannot be used, and that the disk takes no more.
 * @returns Undefined where it cannot be used.
 */
export async function openPreparedCache(
  dir: string,
  onNotice: (line: string) => void = () => {},
): Promise<PreparedCache | undefined> {
  try {
    await Deno.mkdir(dir, { recursive: true });
    await removeLeft(dir, { shared: true });
    return new PreparedCache(dir, onNotice);
  } catch (error) {
    onNotice(refusal(dir, error));
    return undefined;
  }
}
