import { RunFolderError } from "../../formats/run_folder/run_folder_error.ts";
import { WorkerClient } from "../../base/workers/worker_client.ts";
import { PageError } from "./page_files.ts";
import type { ViewOptions } from "./start_view.ts";
import type { ViewWork } from "./view_worker.ts";

/** A page that another thread serves. */
export interface ViewBeside extends Disposable {
  /** Its address; fails as {@linkcode startView} does. */
  readonly url: Promise<string>;
}

/** Serves a run's page from a thread of its own, until it is disposed of. */
export function viewBeside(dir: string, { port = 0 }: ViewOptions = {}): ViewBeside {
  const worker = new WorkerClient<ViewWork>(
    new URL("./view_worker.ts", import.meta.url),
    { dir },
    { errors: [PageError, RunFolderError] },
  );
  return { url: worker.ask({ port }), [Symbol.dispose]: () => worker[Symbol.dispose]() };
}
