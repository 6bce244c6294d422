/**
 * Where the time goes: tfjs's registered operators and gradients, and the pool's kernels, are
 * wrapped while a function runs and put back afterwards, so that nothing is slower without it.
 */
import { type Tensor, tf } from "../../wasm/mod.ts";
import { runtime } from "../../wasm/runtime.ts";
import { bytesOf, convolutionName, convolutionOperations } from "./operator_cost.ts";

/** What one operator or kernel did in all. */
export interface ProfileEntry {
  readonly name: string;
  /** Wall time without that of other operators called from it. */
  seconds: number;
  calls: number;
  /** Its inputs and outputs, each counted once a call. */
  bytes: number;
  /** Floating-point operations of convolutions, as if computed directly. */
  operations: number;
}

/** Operators (a row a shape and direction) and kernels, the slowest first. */
export interface Profile {
  readonly seconds: number;
  readonly operators: readonly ProfileEntry[];
  /** An operator's bytes and operations are put down to the slowest kernel that it ran. */
  readonly kernels: readonly ProfileEntry[];
}

interface Frame {
  inner: number;
  slowest: { name: string; seconds: number } | undefined;
}

type Cost = Pick<ProfileEntry, "calls" | "bytes" | "operations">;

/** What a call cost, by its result and whether it ran a kernel of the pool. */
type CostOf<T> = (result: T, ranKernel: boolean) => Cost;

/** Runs a function and tells where its time went. A backend must run. */
export function profile(run: () => void): Profile {
  const operators = new Map<string, ProfileEntry>(), kernels = new Map<string, ProfileEntry>();
  const frames: Frame[] = [], undo: (() => void)[] = [];

  const measure = <T>(name: string, act: () => T, costOf: CostOf<T>): T => {
    const frame: Frame = { inner: 0, slowest: undefined };
    frames.push(frame);
    const started = performance.now();
    const result = act();
    const seconds = (performance.now() - started) / 1000;
    frames.pop();
    const outer = frames.at(-1);
    if (outer) outer.inner += seconds;
    const cost = costOf(result, frame.slowest !== undefined);
    add(operators, name, seconds - frame.inner, cost);
    if (frame.slowest) add(kernels, frame.slowest.name, 0, { ...cost, calls: 0 });
    return result;
  };

  for (const kernel of tf.getKernelsForBackend("wasm")) {
    const { kernelName: name, kernelFunc } = kernel, titleOfKernel = name.replace(/^Tandem/, "");
    kernel.kernelFunc = (call) => {
      const inputs = Object.values(call.inputs);
      return measure(
        `${titleOfKernel} forward${convolutionName(call.inputs, call.attrs)}`,
        () => kernelFunc(call),
        (output) => ({
          calls: 1,
          bytes: bytesOf([...inputs, ...[output].flat()]),
          operations: convolutionOperations(call.inputs, [output].flat()[0]!.shape, call.attrs),
        }),
      );
    };
    undo.push(() => kernel.kernelFunc = kernelFunc);

    const gradient = tf.getGradient(name);
    if (!gradient) continue;
    const { gradFunc } = gradient;
    gradient.gradFunc = (dy, saved, attrs) => {
      const parts = gradFunc(dy, saved, attrs), [x, filter] = saved;
      const inputs = "filter" in parts && x && filter ? { x, filter } : {};
      const dys = [dy].flat() as Tensor[], given = bytesOf([...dys, ...saved]);
      const operations = convolutionOperations(inputs, dys[0]!.shape, attrs);
      const suffix = convolutionName(inputs, attrs), charged = new Set<string>();
      return Object.fromEntries(
        Object.entries(parts).map(([part, make]) => {
          const direction = part === "filter" || part === "bias" ? part : "input";
          const costOf: CostOf<Tensor> = (result, ranKernel) => {
            // The first of a direction to be asked for computes what the others need too.
            const bytes = bytesOf([result]);
            if (!ranKernel || charged.has(direction)) return { calls: 0, bytes, operations: 0 };
            charged.add(direction);
            const counted = direction === "bias" ? 0 : operations;
            return { calls: 1, bytes: bytes + given, operations: counted };
          };
          const act = () => (make as () => Tensor)();
          const name = `${titleOfKernel} ${direction} gradient${suffix}`;
          return [part, () => measure(name, act, costOf)];
        }),
      );
    };
    undo.push(() => gradient.gradFunc = gradFunc);
  }

  const { pool } = runtime(), inherited = pool.run;
  pool.run = (name, chunks, args) => {
    const started = performance.now();
    inherited.call(pool, name, chunks, args);
    const seconds = (performance.now() - started) / 1000, frame = frames.at(-1);
    add(kernels, name, seconds, { calls: 1, bytes: 0, operations: 0 });
    if (frame && seconds > (frame.slowest?.seconds ?? 0)) frame.slowest = { name, seconds };
  };
  undo.push(() => Reflect.deleteProperty(pool, "run"));

  const started = performance.now();
  try {
    run();
  } finally {
    undo.forEach((back) => back());
  }
  const seconds = (performance.now() - started) / 1000;
  const sorted = (entries: Map<string, ProfileEntry>) =>
    [...entries.values()].sort((a, b) => b.seconds - a.seconds);
  return { seconds, operators: sorted(operators), kernels: sorted(kernels) };
}

function add(
  entries: Map<string, ProfileEntry>,
  name: string,
  seconds: number,
  { calls, bytes, operations }: Cost,
): void {
  const entry = entries.get(name) ?? { name, seconds: 0, calls: 0, bytes: 0, operations: 0 };
  entry.seconds += seconds;
  entry.calls += calls;
  entry.bytes += bytes;
  entry.operations += operations;
  entries.set(name, entry);
}
