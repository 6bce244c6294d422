/** Many inputs, each watched over. */
import { WorkerClient } from "../../lib/base/workers/worker_client.ts";
import type { FuzzWork } from "./fuzz_worker.ts";
import { cpuMilliseconds } from "./cpu_milliseconds.ts";
import { addCase, addTally, emptyTally, type Tally } from "./tally.ts";

/**
 * Milliseconds of the processor after which a reader that has not come back is ended: those of a hang,
 * and some to load.
 */
const PATIENCE = 8000;

/** Milliseconds of the clock after which the same is done to one that waits for something. */
const WAITING = 600_000;

/** Inputs that are asked for at a time. */
const BATCH = 1000;

type Done = { readonly tally: Tally } | { readonly index: number; readonly why: string };

/**
 * Fuzzes targets, one after another, in a thread of its own, which is ended and started anew where an
 * input hangs it or takes it down. Dispose of it, or the process does not end.
 */
export class Campaign implements Disposable {
  #progress = new Int32Array(new SharedArrayBuffer(8));
  #client: WorkerClient<FuzzWork> | undefined;
  readonly #module: URL;
  readonly #patience: number;

  /** @param module Of the thread. */
  constructor(module = new URL("fuzz_worker.ts", import.meta.url), patience = PATIENCE) {
    this.#module = module;
    this.#patience = patience;
  }

  /** What comes of the inputs of a target, from the first on. */
  async fuzz(target: string, seed: number, inputs: number): Promise<Tally> {
    const tally = emptyTally();
    // Parts that are left, so that what a thread took with it is done again without its last input.
    const left: [number, number][] = [];
    for (let from = 0; from < inputs; from += BATCH) {
      left.push([from, Math.min(inputs, from + BATCH)]);
    }
    for (let part = left.shift(); part !== undefined; part = left.shift()) {
      const [from, to] = part;
      if (from >= to) continue;
      const done = await this.#run({ target, seed, from, to });
      if ("tally" in done) {
        addTally(tally, done.tally);
        continue;
      }
      this[Symbol.dispose]();
      const { index, why } = done;
      addCase(tally, index, { kind: "fault", what: why, milliseconds: this.#patience, memory: 0 });
      left.unshift([from, index], [index + 1, to]);
    }
    return tally;
  }

  async #run(task: FuzzWork["task"]): Promise<Done> {
    const progress = this.#progress;
    this.#client ??= new WorkerClient(this.#module, { progress });
    Atomics.store(progress, 0, task.from);
    const late = Promise.withResolvers<Done>();
    let [seen, since, at] = [-1, cpuMilliseconds(), performance.now()];
    const timer = setInterval(() => {
      const tick = Atomics.load(progress, 1);
      const [now, clock] = [cpuMilliseconds(), performance.now()];
      if (tick !== seen) [seen, since, at] = [tick, now, clock];
      else if (now - since > this.#patience || clock - at > WAITING) {
        late.resolve({ index: Atomics.load(progress, 0), why: "does not come back" });
      }
    }, 250);
    try {
      return await Promise.race([
        this.#client.ask(task).then((tally) => ({ tally }), (error): Done => ({
          index: Atomics.load(progress, 0),
          why: `takes the thread down: ${(error as Error).message}`,
        })),
        late.promise,
      ]);
    } finally {
      clearInterval(timer);
    }
  }

  [Symbol.dispose](): void {
    this.#client?.[Symbol.dispose]();
    this.#client = undefined;
  }
}
