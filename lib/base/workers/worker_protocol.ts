/**
 * What goes between a thread and its workers, the same for every kind of work. A worker is started
 * once, then does tasks, one after the other in the order in which they came. While it works it may
 * tell news; at any time it may be given an order. An error keeps its class on the way back.
 */
import type { ErrorRecord } from "./error_record.ts";

/** The kinds of plain data that one kind of worker is sent and sends back; a room declares its own. */
export interface WorkerProtocol {
  /** What it must know before the first task. */
  readonly start: unknown;
  readonly task: unknown;
  /** What it answers to a task. */
  readonly result: unknown;
  /** What it tells while it does a task; `never` where it tells nothing. */
  readonly news: unknown;
  /** What it may be told at any time, as to stop; `never` where there is no such thing. */
  readonly order: unknown;
}

/** A message to a worker. */
export type ToWorker<P extends WorkerProtocol> =
  | { readonly kind: "start"; readonly start: P["start"] }
  | { readonly kind: "task"; readonly id: number; readonly task: P["task"] }
  | { readonly kind: "order"; readonly order: P["order"] };

/** A message from a worker, about the task of this id. */
export type FromWorker<P extends WorkerProtocol> =
  | { readonly kind: "news"; readonly id: number; readonly news: P["news"] }
  | { readonly kind: "result"; readonly id: number; readonly result: P["result"] }
  | { readonly kind: "error"; readonly id: number; readonly error: ErrorRecord };
