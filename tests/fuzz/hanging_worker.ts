/** A thread for the tests of a campaign: it hangs at one input, and is taken down by another. */
import { serveTasks } from "../../lib/base/workers/serve_tasks.ts";
import type { FuzzWork } from "./fuzz_worker.ts";
import { addCase, emptyTally } from "./tally.ts";

serveTasks<FuzzWork>(({ progress }) => ({
  work({ from, to }) {
    const tally = emptyTally();
    for (let index = from; index < to; index++) {
      Atomics.store(progress, 0, index);
      Atomics.add(progress, 1, 1);
      if (index === 3) { for (;;); }
      if (index === 5) throw new Error("taken down");
      addCase(tally, index, { kind: "result", what: "result", milliseconds: 1, memory: 0 });
    }
    return tally;
  },
}));
