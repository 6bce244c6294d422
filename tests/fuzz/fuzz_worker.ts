/** The thread that readers are fuzzed in, so that it can be ended where one does not come back. */
// Before all that it shall count.
import "./count_memory.ts";
import { serveTasks } from "../../lib/base/workers/serve_tasks.ts";
import { serveFiles } from "./memory_files.ts";
import { runCase } from "./run_case.ts";
import { addCase, emptyTally, type Tally } from "./tally.ts";
import { findTarget } from "./targets.ts";

/** What goes to and fro; see `base/workers`. */
export interface FuzzWork {
  /** Tells which input is under way, and since which tick: see `campaign.ts`. */
  readonly start: { readonly progress: Int32Array<SharedArrayBuffer> };
  /** Inputs of a target, from one index up to another that is not among them. */
  readonly task: {
    readonly target: string;
    readonly seed: number;
    readonly from: number;
    readonly to: number;
  };
  readonly result: Tally;
  readonly news: never;
  readonly order: never;
}

serveTasks<FuzzWork>(({ progress }) => {
  serveFiles();
  return {
    async work({ target: name, seed, from, to }) {
      const target = await findTarget(name), tally = emptyTally();
      for (let index = from; index < to; index++) {
        Atomics.store(progress, 0, index);
        Atomics.add(progress, 1, 1);
        addCase(tally, index, await runCase({ target, seed, index }));
      }
      return tally;
    },
  };
});
