import { recordError } from "./error_record.ts";
import type { FromWorker, ToWorker, WorkerProtocol } from "./worker_protocol.ts";

/** Tells the thread that started this worker something about the task under way. */
export type TellNews<P extends WorkerProtocol> = (
  news: P["news"],
  /** Memory that goes there instead of being copied. */
  transfer?: readonly ArrayBuffer[],
) => void;

/** What a worker does once it is started. */
export interface TaskService<P extends WorkerProtocol> {
  /** Does one task; what it throws is told in its class. */
  work(task: P["task"], tell: TellNews<P>): Promise<P["result"]> | P["result"];
  /** Hears an order, also while a task is under way. */
  hear?(order: P["order"]): void;
}

/** The part of a worker's global scope that is used. */
export interface WorkerScope<P extends WorkerProtocol> {
  onmessage: ((event: MessageEvent<ToWorker<P>>) => void) | null;
  postMessage(message: FromWorker<P>, transfer: ArrayBuffer[]): void;
}

/**
 * Makes this module the one that a `WorkerClient` starts; called once, when the module is loaded.
 *
 * @param begin Gets ready to work; what it throws is told with each task.
 */
export function serveTasks<P extends WorkerProtocol>(
  begin: (start: P["start"]) => TaskService<P> | Promise<TaskService<P>>,
  scope: WorkerScope<P> = globalThis as unknown as WorkerScope<P>,
): void {
  const started = Promise.withResolvers<TaskService<P>>();
  const service = started.promise;
  // Told with the first task.
  service.catch(() => {});
  let turn: Promise<void> = Promise.resolve();
  const doTask = async (id: number, task: P["task"]) => {
    try {
      const { work } = await service;
      const result = await work(
        task,
        (news, transfer = []) => scope.postMessage({ kind: "news", id, news }, [...transfer]),
      );
      scope.postMessage({ kind: "result", id, result }, []);
    } catch (thrown) {
      scope.postMessage({ kind: "error", id, error: recordError(thrown) }, []);
    }
  };
  scope.onmessage = ({ data }) => {
    if (data.kind === "start") started.resolve((async () => await begin(data.start))());
    if (data.kind === "order") service.then(({ hear }) => hear?.(data.order), () => {});
    if (data.kind === "task") turn = turn.then(() => doTask(data.id, data.task));
  };
}
