/** What the threads that prepare cases say to each other. */
import type { CaseOrigin } from "../cases/open_cases.ts";
import type { Preparation } from "./prepare_case.ts";
import type { ProvidedCase } from "./provide_case.ts";

/** What goes to and fro; see `base/workers`. */
export interface PreparationWork {
  readonly start: {
    readonly origin: CaseOrigin;
    readonly preparation: Preparation;
    /** The folder of the cache; null where there is none. */
    readonly cache: string | null;
  };
  readonly task: CaseList;
  readonly result: void;
  readonly news: CaseAnswer;
  readonly order: never;
}

/** Cases to prepare. */
export interface CaseList {
  /** Their ids, in the order in which they are wanted. */
  readonly ids: readonly string[];
  /** Who has taken each of them, in shared memory; see {@linkcode takeCase}. */
  readonly taken: Int32Array;
}

/** What the worker tells: a case, that one failed, or a line for a person. */
export type CaseAnswer =
  | { readonly kind: "case"; readonly id: string; readonly provided: ProvidedCase }
  | { readonly kind: "failed"; readonly id: string }
  | { readonly kind: "notice"; readonly text: string };

/** A list of which no case is taken. */
export function listCases(ids: readonly string[]): CaseList {
  return { ids, taken: new Int32Array(new SharedArrayBuffer(4 * ids.length)) };
}

/**
 * Takes a case of a list, so that no other thread prepares it too; false where another was quicker,
 * or it is not of the list.
 */
export function takeCase({ ids, taken }: CaseList, id: string): boolean {
  const index = ids.indexOf(id);
  return index >= 0 && Atomics.compareExchange(taken, index, 0, 1) === 0;
}
