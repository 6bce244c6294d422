/**
 * Prepares the cases of a run while it goes on: a worker takes one after the other, in the order in
 * which they will be wanted, and whoever waits for a case lends a hand meanwhile.
 */
import { WorkerClient } from "../../../base/workers/worker_client.ts";
import { NiftiError } from "../../../formats/nifti/nifti_error.ts";
import { DatasetError } from "../cases/dataset_error.ts";
import type { PendingCase } from "../batches/batch_sampler.ts";
import type { CaseContent } from "./case_content.ts";
import type { CaseSource } from "../cases/case_source.ts";
import type { CaseOrigin } from "../cases/open_cases.ts";
import { type Preparation, prepareCase, type PreparedCase, withRestore } from "./prepare_case.ts";
import {
  type CaseAnswer,
  type CaseList,
  listCases,
  type PreparationWork,
  takeCase,
} from "./messages.ts";

/** Where the cases of a run are, and how they are prepared. */
export interface PreparationOptions {
  readonly preparation: Preparation;
  /** Where the worker finds the same cases. */
  readonly origin: CaseOrigin;
}

/** The cases of a run in the making. Dispose of it, or its worker stays. */
export class CasePreparation {
  readonly #options: PreparationOptions;
  readonly #worker: WorkerClient<PreparationWork>;
  readonly #lists: CaseList[] = [];
  readonly #sources = new Map<string, CaseSource>();
  readonly #prepared = new Map<string, PreparedCase>();
  /** Cases that the worker could not prepare. */
  readonly #failed: string[] = [];
  #workerError: Error | undefined;
  /** Resolved when the worker has something to say. */
  #heard = Promise.withResolvers<void>();

  /** Starts the worker; it prepares nothing before {@linkcode CasePreparation.begin}. */
  constructor(options: PreparationOptions) {
    this.#options = options;
    const { origin, preparation } = options;
    const module = new URL("./worker.ts", import.meta.url);
    const errors = [DatasetError, NiftiError];
    this.#worker = new WorkerClient(module, { origin, preparation }, { errors });
  }

  /**
   * Has the worker prepare cases, behind those that it was given before.
   *
   * @param sources Other cases of the origin, in the order in which they will be wanted.
   */
  begin(sources: readonly CaseSource[]): void {
    for (const source of sources) this.#sources.set(source.id, source);
    const list = listCases(sources.map(({ id }) => id));
    this.#lists.push(list);
    const hear = ({ id, voxels }: CaseAnswer) => {
      if (voxels === undefined) this.#failed.push(id);
      else this.#prepared.set(id, withRestore(voxels));
      this.#tell();
    };
    this.#worker.ask(list, hear).catch((error) => {
      this.#workerError = error;
      this.#tell();
    });
  }

  /** A case that batches may show once it is {@linkcode CasePreparation.ready}. */
  pending(id: string, slices: number): PendingCase {
    const { size } = this.#options.preparation;
    return { id, slices, ...size, prepared: () => this.prepared(id) };
  }

  /**
   * A case that is ready.
   *
   * @throws {RangeError} If it is not.
   */
  prepared(id: string): PreparedCase {
    const prepared = this.#prepared.get(id);
    if (prepared !== undefined) return prepared;
    throw new RangeError(`Cannot use case ${id}: it is not prepared yet`);
  }

  /**
   * Waits until cases that were begun are prepared, and prepares those that the worker has not come
   * to.
   *
   * @throws {DatasetError | NiftiError} If one of them cannot be loaded, or any that the worker has
   * tried so far.
   */
  async ready(ids: readonly string[]): Promise<void> {
    for (;;) {
      if (this.#workerError !== undefined) throw this.#workerError;
      const missing = ids.filter((id) => !this.#prepared.has(id));
      const mine = this.#failed.pop() ??
        missing.find((id) => this.#lists.some((list) => takeCase(list, id)));
      if (mine !== undefined) {
        this.#prepared.set(
          mine,
          await prepareCase(this.#sources.get(mine)!, this.#options.preparation),
        );
        continue;
      }
      if (missing.length === 0) return;
      await this.#heard.promise;
    }
  }

  /** What the voxels of a case are; undefined while it is not prepared. */
  content(id: string): CaseContent | undefined {
    return this.#prepared.get(id)?.content;
  }

  /** Ends the worker. */
  [Symbol.dispose](): void {
    this.#worker[Symbol.dispose]();
  }

  #tell(): void {
    this.#heard.resolve();
    this.#heard = Promise.withResolvers();
  }
}
