/**
 * Prepares the cases of a run while it goes on: a worker takes one after the other, in the order in
 * which they will be wanted, and whoever waits for a case lends a hand meanwhile. Cases go to the cache
 * on disk, of which slices are read as they are wanted; without it they stay in memory, as many as may,
 * and the others are prepared anew for each batch that shows them.
 */
import { WorkerClient } from "../../../base/workers/worker_client.ts";
import { BlockError } from "../../../formats/blocks/block_error.ts";
import { NiftiError } from "../../../formats/nifti/nifti_error.ts";
import { DatasetError } from "../cases/dataset_error.ts";
import type { PendingCase } from "../batches/pending_case.ts";
import type { CaseContent } from "./case_content.ts";
import type { CaseSource } from "../cases/case_source.ts";
import type { CaseOrigin } from "../cases/open_cases.ts";
import type { PreparedCache } from "../cases/prepared_cache.ts";
import { type Preparation, type PreparedCase, withRestore } from "./prepare_case.ts";
import {
  type CaseAnswer,
  type CaseList,
  listCases,
  type PreparationWork,
  takeCase,
} from "./messages.ts";
import { blocksOf, type PackedCase, UnpackedCase } from "./packed_case.ts";
import { isGone, provideCase, type ProvidedCase } from "./provide_case.ts";
import { SliceMemory } from "./slice_memory.ts";
import type { SlicedCase } from "./sliced_case.ts";

/** Where the cases of a run are, and how they are prepared. */
export interface PreparationOptions {
  readonly preparation: Preparation;
  /** Where the worker finds the same cases. */
  readonly origin: CaseOrigin;
  /** Where prepared cases are kept on disk; absent: nowhere. */
  readonly cache?: PreparedCache | undefined;
  /**
   * Bytes of prepared cases and slices that are kept in memory, besides those of the batch in hand; 10^9
   * by default. Changes no result.
   */
  readonly memory?: number;
  /** Is told what a person should know, a line each. */
  readonly onNotice?: (line: string) => void;
}

/** The cases of a run in the making. Dispose of it, or its worker stays. */
export class CasePreparation {
  readonly #options: PreparationOptions;
  readonly #worker: WorkerClient<PreparationWork>;
  readonly #memory: SliceMemory;
  readonly #lists: (CaseList & { readonly check: boolean })[] = [];
  readonly #sources = new Map<string, CaseSource>();
  /** Cases that were prepared without fault, whether or not they are at hand. */
  readonly #checked = new Set<string>();
  /** Cases that were taken from the worker, which would prepare them in vain. */
  readonly #released = new Set<string>();
  /** Cases at hand for good: in memory, or in the cache. */
  readonly #kept = new Map<string, UnpackedCase>();
  /** Entries of cases in the cache, which are opened when they are first wanted. */
  readonly #entries = new Map<string, string>();
  /** Cases at hand for those who waited last. */
  readonly #held = new Map<string, UnpackedCase>();
  readonly #contents = new Map<string, CaseContent>();
  /** Cases whose entry in the cache turned out to be damaged, or gone. */
  readonly #damaged = new Set<string>();
  /** Those that are kept in memory from now on, since that happened to them before. */
  readonly #distrusted = new Set<string>();
  /** Cases that the worker could not prepare. */
  readonly #failed: string[] = [];
  readonly #told = new Set<string>();
  #workerError: Error | undefined;
  /** Resolved when the worker has something to say. */
  #heard = Promise.withResolvers<void>();

  /** Starts the worker; it prepares nothing before {@linkcode CasePreparation.begin}. */
  constructor(options: PreparationOptions) {
    this.#options = options;
    this.#memory = new SliceMemory(options.memory ?? 1e9);
    const { origin, preparation, cache } = options;
    const module = new URL("./worker.ts", import.meta.url);
    const errors = [DatasetError, NiftiError];
    const start = { origin, preparation, cache: cache?.dir ?? null };
    this.#worker = new WorkerClient(module, start, { errors });
  }

  /**
   * Has the worker prepare cases, behind those that it was given before.
   *
   * @param sources Other cases of the origin, in the order in which they will be wanted.
   * @param check Whether all of them are prepared, although there may be no room to keep them.
   */
  begin(sources: readonly CaseSource[], check = true): void {
    for (const source of sources) this.#sources.set(source.id, source);
    const list = { ...listCases(sources.map(({ id }) => id)), check };
    this.#lists.push(list);
    this.#worker.ask(list, (answer) => this.#hear(answer)).catch((error) => {
      this.#workerError = error;
      this.#tell();
    });
  }

  /** A case that batches may show once it is {@linkcode CasePreparation.ready}. */
  pending(id: string, slices: number): PendingCase {
    const { size } = this.#options.preparation;
    return { id, slices, ...size, prepared: () => this.sliced(id) };
  }

  /**
   * A case that is ready, of which slices are read as they are wanted.
   *
   * @throws {RangeError} If it is not.
   */
  sliced(id: string): SlicedCase {
    const unpacked = this.#mending(id, () => this.#atHand(id));
    const { slices, channels, height, width, labelled, foreground } = unpacked;
    return {
      ...{ id, slices, channels, height, width, labelled, foreground },
      slice: (index) =>
        this.#mending(
          id,
          // What is in memory already is not kept there twice.
          () => this.#entries.has(id) ? this.#memory.slice(unpacked, index) : unpacked.slice(index),
        ),
    };
  }

  /**
   * A whole case that is ready.
   *
   * @throws {RangeError} If it is not.
   */
  prepared(id: string): PreparedCase {
    return this.#mending(id, () => withRestore(this.#atHand(id).whole()));
  }

  /**
   * Waits until cases that were begun are at hand, and prepares those that the worker has not come to.
   * Those that others waited for may no longer be there.
   *
   * @throws {DatasetError | NiftiError} If one of them cannot be loaded, or any that the worker has
   * tried so far.
   */
  async ready(ids: readonly string[]): Promise<void> {
    const wanted = new Set(ids);
    for (const id of this.#held.keys()) if (!wanted.has(id)) this.#held.delete(id);
    const atHand = (id: string) =>
      this.#kept.has(id) || this.#held.has(id) || this.#entries.has(id);
    await this.#until(ids, atHand, wanted);
  }

  /**
   * Waits until cases that were begun have been prepared once, whether or not they stay at hand.
   *
   * @throws {DatasetError | NiftiError} As {@linkcode CasePreparation.ready}.
   */
  async checked(ids: readonly string[]): Promise<void> {
    await this.#until(ids, (id) => this.#checked.has(id));
  }

  /**
   * Does what needs cases, and once more where what the cache held of them is damaged, or was removed
   * meanwhile: then they are prepared anew.
   *
   * @throws {DatasetError | NiftiError} As {@linkcode CasePreparation.ready}.
   */
  async using<T>(ids: readonly string[], use: () => T): Promise<T> {
    for (let trials = 0;; trials++) {
      await this.ready(ids);
      try {
        return use();
      } catch (error) {
        // Each of them may be damaged, once.
        if (!isDamage(error) || trials > ids.length) throw error;
      }
    }
  }

  /** What the voxels of a case are; undefined while it is not prepared. */
  content(id: string): CaseContent | undefined {
    const known = this.#contents.get(id) ?? this.#entryOf(id)?.content;
    if (known !== undefined) this.#contents.set(id, known);
    return known;
  }

  /** Ends the worker. */
  [Symbol.dispose](): void {
    this.#worker[Symbol.dispose]();
  }

  async #until(
    ids: readonly string[],
    done: (id: string) => boolean,
    wanted: ReadonlySet<string> = new Set(),
  ): Promise<void> {
    for (;;) {
      if (this.#workerError !== undefined) throw this.#workerError;
      const missing = ids.filter((id) => !done(id));
      const mine = this.#failed.pop() ??
        missing.find((id) => this.#lists.some((list) => takeCase(list, id))) ??
        missing.find((id) => this.#checked.has(id) || this.#released.has(id));
      if (mine !== undefined) {
        await this.#provide(mine, wanted.has(mine));
        continue;
      }
      if (missing.length === 0) return;
      await this.#heard.promise;
    }
  }

  async #provide(id: string, hold: boolean): Promise<void> {
    const { preparation, cache } = this.#options, source = this.#sources.get(id)!;
    const anew = this.#damaged.delete(id);
    const how = anew && this.#distrusted.has(id) ? {} : { cache, anew };
    if (anew) this.#distrusted.add(id);
    this.#take(id, await provideCase(source, preparation, how), hold);
  }

  #hear(answer: CaseAnswer): void {
    if (answer.kind === "notice") {
      if (!this.#told.has(answer.text)) this.#options.onNotice?.(answer.text);
      this.#told.add(answer.text);
      return;
    }
    if (answer.kind === "failed") this.#failed.push(answer.id);
    else this.#take(answer.id, answer.provided, false);
    this.#tell();
  }

  /** @param hold Whether it has to be at hand although there is no room for it. */
  #take(id: string, provided: ProvidedCase, hold: boolean): void {
    this.#checked.add(id);
    const source = this.#sources.get(id)!;
    if ("entry" in provided) {
      this.#entries.set(id, provided.entry);
      return;
    }
    const unpacked = new UnpackedCase(source, blocksOf(provided.packed));
    this.#contents.set(id, unpacked.content);
    if (this.#memory.reserve(bytesOf(provided.packed))) {
      this.#kept.set(id, unpacked);
      return;
    }
    if (hold) this.#held.set(id, unpacked);
    for (const list of this.#lists) {
      if (list.check) continue;
      for (const other of list.ids) if (takeCase(list, other)) this.#released.add(other);
    }
  }

  #atHand(id: string): UnpackedCase {
    const unpacked = this.#kept.get(id) ?? this.#held.get(id);
    if (unpacked !== undefined) return unpacked;
    if (this.#entries.has(id)) {
      const opened = this.#entryOf(id);
      if (opened === undefined) throw new BlockError(`Cannot use case ${id}: its entry is gone`);
      this.#kept.set(id, opened);
      return opened;
    }
    throw new RangeError(`Cannot use case ${id}: it is not prepared yet`);
  }

  /** The entry of a case in the cache; undefined where there is none, or it cannot be read. */
  #entryOf(id: string): UnpackedCase | undefined {
    const entry = this.#entries.get(id);
    return entry === undefined
      ? undefined
      : this.#options.cache!.open(entry, this.#sources.get(id)!);
  }

  /** Lets go of a case whose entry cannot be read. */
  #mending<T>(id: string, read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (isDamage(error)) {
        this.#kept.delete(id);
        this.#entries.delete(id);
        this.#damaged.add(id);
      }
      throw error;
    }
  }

  #tell(): void {
    this.#heard.resolve();
    this.#heard = Promise.withResolvers();
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof BlockError || isGone(error);
}

function bytesOf({ blocks }: PackedCase): number {
  return blocks.reduce((sum, { length }) => sum + length, 0);
}
