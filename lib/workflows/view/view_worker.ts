/** The thread that serves a run's page beside its training, which would not let a server have its turn. */
import { serveTasks } from "../../base/workers/serve_tasks.ts";
import { startView } from "./start_view.ts";

/** What goes to and fro; see `base/workers`. */
export interface ViewWork {
  readonly start: { readonly dir: string };
  readonly task: { readonly port: number };
  /** The page's address. */
  readonly result: string;
  readonly news: never;
  readonly order: never;
}

serveTasks<ViewWork>(({ dir }) => ({
  work: async ({ port }) => (await startView(dir, { port })).url,
}));
