import { type ErrorClass, reviveError } from "./error_record.ts";
import type { FromWorker, ToWorker, WorkerProtocol } from "./worker_protocol.ts";

/** How to speak with a worker. */
export interface WorkerClientOptions {
  /** Classes of errors that come back as themselves, besides JavaScript's own. */
  readonly errors?: readonly ErrorClass[];
}

/** A task that is not answered yet. */
interface PendingTask<P extends WorkerProtocol> {
  resolve(result: P["result"]): void;
  reject(error: Error): void;
  onNews(news: P["news"]): void;
}

/**
 * A worker whose module calls `serveTasks`. It is started by a URL, so that it runs wherever the
 * library was imported from. Dispose of it, or the process does not end.
 */
export class WorkerClient<P extends WorkerProtocol> implements Disposable {
  readonly #worker: Worker;
  readonly #errors: readonly ErrorClass[];
  readonly #pending = new Map<number, PendingTask<P>>();
  /** Why there is no worker any more. */
  #end: Error | undefined;
  #asked = 0;

  /** @param module The worker's module. */
  constructor(module: URL, start: P["start"], { errors = [] }: WorkerClientOptions = {}) {
    this.#errors = errors;
    this.#worker = new Worker(module, { type: "module" });
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker<P>>) => this.#hear(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#endWith(new Error(`A worker failed: ${event.message}`));
    };
    this.#worker.onmessageerror = () => {
      this.#endWith(new Error("A worker sent something that cannot be read"));
    };
    this.#post({ kind: "start", start });
  }

  /** Whether the worker is gone: it was disposed of, or has failed as a whole. */
  get ended(): boolean {
    return this.#end !== undefined;
  }

  /**
   * Has the worker do a task, after those that it was given before.
   *
   * @param onNews Hears what the worker tells meanwhile.
   * @throws {Error} What the task has thrown, in its class, or that the worker has failed or was ended.
   */
  ask(task: P["task"], onNews: (news: P["news"]) => void = () => {}): Promise<P["result"]> {
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) return reject(this.#end);
      const id = this.#asked++;
      this.#pending.set(id, { resolve, reject, onNews });
      this.#post({ kind: "task", id, task });
    });
  }

  /** Gives the worker an order, which it hears at once; does nothing where it is gone. */
  order(order: P["order"]): void {
    if (!this.ended) this.#post({ kind: "order", order });
  }

  /** Ends the worker; tasks that it has not answered fail. */
  [Symbol.dispose](): void {
    this.#endWith(new Error("The worker was ended"));
  }

  #post(message: ToWorker<P>): void {
    this.#worker.postMessage(message);
  }

  #hear(message: FromWorker<P>): void {
    const task = this.#pending.get(message.id);
    if (message.kind === "news") return task?.onNews(message.news);
    this.#pending.delete(message.id);
    if (message.kind === "result") task?.resolve(message.result);
    else task?.reject(reviveError(message.error, this.#errors));
  }

  #endWith(error: Error): void {
    this.#end ??= error;
    this.#worker.terminate();
    for (const { reject } of this.#pending.values()) reject(this.#end);
    this.#pending.clear();
  }
}
