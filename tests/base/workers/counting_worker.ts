/** A worker that adds up what it is told, and fails as it is told. */
import { serveTasks } from "../../../lib/base/workers/serve_tasks.ts";
import { DatasetError } from "../../../lib/imaging/data/cases/dataset_error.ts";

export interface CountWork {
  readonly start: { readonly from: number };
  readonly task: {
    readonly add: number;
    /** Milliseconds. */
    readonly delay?: number;
    readonly fail?: "data" | "range" | "crash";
  };
  readonly result: number;
  readonly news: string;
  readonly order: "hurry";
}

serveTasks<CountWork>(({ from }) => {
  if (from < 0) throw new DatasetError(`cannot count from ${from}`);
  let sum = from;
  const hurry = Promise.withResolvers<void>();
  return {
    async work({ add, delay = 0, fail }, tell) {
      tell(`adding ${add}`);
      if (fail === "data") throw new DatasetError("no such case");
      if (fail === "range") throw new RangeError("out of range");
      if (fail === "crash") {
        queueMicrotask(() => {
          throw new Error("crash");
        });
        await new Promise(() => {});
      }
      let timer: ReturnType<typeof setTimeout> | undefined;
      const waited = new Promise((resolve) => timer = setTimeout(resolve, delay));
      await Promise.race([waited, hurry.promise]);
      clearTimeout(timer);
      return sum += add;
    },
    hear: () => hurry.resolve(),
  };
});
