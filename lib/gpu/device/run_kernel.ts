import type { TensorInfo } from "../../../wasm/mod.ts";
import type { Kernel } from "../kernels/kernel.ts";
import { wgslOf } from "../kernels/kernel.ts";
import { type Card, type CardBuffer, type CardPipeline, USAGE } from "./card.ts";
import { cardTensors } from "./card_tensors.ts";

/** Sizes that are kept on the card; those of a step come again in the next one. */
const MOST_SIZES = 4096;

/** What is kept for a card: compiled kernels, and the sizes they were told. */
interface Kept {
  readonly pipelines: Map<string, CardPipeline>;
  readonly sizes: Map<string, CardBuffer>;
}

const kept = new WeakMap<Card, Kept>();

function keptFor(card: Card): Kept {
  const found = kept.get(card) ?? { pipelines: new Map(), sizes: new Map() };
  kept.set(card, found);
  return found;
}

/**
 * Runs a kernel.
 *
 * @param tensors What it reads and writes, by name.
 * @param told Its sizes and factors, by name.
 * @param groups Workgroups; a number is that of entries of a kernel with a thread for each.
 */
export function runKernel(
  kernel: Kernel,
  tensors: Readonly<Record<string, TensorInfo>>,
  told: Readonly<Record<string, number>>,
  groups: number | readonly [number, number, number],
): void {
  const backend = cardTensors(), { card } = backend, { pipelines, sizes } = keptFor(card);
  const { name, inputs, outputs } = kernel;
  let pipeline = pipelines.get(name);
  if (!pipeline) {
    pipeline = card.createPipeline(name.split(" ")[0]!, wgslOf(kernel), "main", [
      ...Object.keys(inputs).map(() => "read-only-storage" as const),
      ...Object.keys(outputs).map(() => "storage" as const),
      "uniform",
    ]);
    pipelines.set(name, pipeline);
  }
  const buffers = [...Object.keys(inputs), ...Object.keys(outputs)].map((key) =>
    backend.bufferOf(tensors[key]!)
  );
  for (const key of Object.keys(outputs)) backend.changed(tensors[key]!);
  card.dispatch(
    pipeline,
    [...buffers, sizesOf(kernel, told, card, sizes)],
    typeof groups === "number" ? flatGroups(Math.ceil(groups / kernel.threads)) : groups,
  );
}

/** A number of workgroups in two dimensions, of which each has its limit. */
export function flatGroups(count: number): [number, number, number] {
  const across = Math.min(count, 32768);
  return [across, Math.ceil(count / across), 1];
}

function sizesOf(
  { name, sizes, factors = [] }: Kernel,
  told: Readonly<Record<string, number>>,
  card: Card,
  found: Map<string, CardBuffer>,
): CardBuffer {
  const words = new Uint32Array(Math.ceil((sizes.length + factors.length + 1) / 4) * 4);
  const floats = new Float32Array(words.buffer);
  const of = (key: string) => {
    const value = told[key];
    if (value === undefined) throw new TypeError(`Kernel "${name}" is not told its ${key}`);
    return value;
  };
  sizes.forEach((key, i) => words[i] = of(key));
  factors.forEach((key, i) => floats[sizes.length + i] = of(key));
  words[sizes.length + factors.length] = 1;
  const text = words.join();
  const before = found.get(text);
  if (before) return before;
  if (found.size >= MOST_SIZES) {
    for (const buffer of found.values()) card.destroyBuffer(buffer);
    found.clear();
  }
  const buffer = card.createBuffer(words.byteLength, USAGE.uniform | USAGE.copyTo);
  card.write(buffer, words);
  found.set(text, buffer);
  return buffer;
}
