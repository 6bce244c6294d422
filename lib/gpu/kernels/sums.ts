/**
 * Sums over pixels, a channel each, in two steps of fixed order: a workgroup adds a chunk of pixels up
 * by a tree, then the chunks are added, by a tree too.
 */
import type { Element, Kernel } from "./kernel.ts";

const THREADS = 64;
/** Pixels of a chunk. */
export const CHUNK_PIXELS = 512;

/** How many threads stand side by side on the channels of a pixel. */
export const lanesFor = (channels: number) => channels >= 16 ? 16 : channels >= 4 ? 4 : 1;

/** What is summed: `terms` are WGSL, by the index `i`, channel `c` and pixel `p` of an entry. */
export interface Summed {
  readonly name: string;
  readonly inputs: Readonly<Record<string, Element>>;
  readonly sizes?: readonly string[];
  readonly factors?: readonly string[];
  /** Statements before the terms. */
  readonly before?: string;
  readonly terms: readonly string[];
  readonly functions?: string;
}

/** The kernel of the first step: [chunks, terms, channels]. */
export function channelSumsKernel(summed: Summed, lanes: number): Kernel {
  const { name, inputs, sizes = [], factors = [], before = "", terms, functions = "" } = summed;
  const rows = THREADS / lanes;
  return {
    name: `sums ${name} ${lanes}`,
    inputs,
    outputs: { partials: "f32" },
    sizes: ["pixels", "channels", ...sizes],
    factors,
    threads: THREADS,
    before: `var<workgroup> tree: array<f32, ${THREADS * terms.length}>;
${functions}`,
    body: `
  let c = group.y * ${lanes}u + lane % ${lanes}u;
  let end = min(u.pixels, (group.x + 1u) * ${CHUNK_PIXELS}u);
  ${terms.map((_, t) => `var sum${t} = 0.0;`).join("\n  ")}
  if (c < u.channels) {
    for (var p = group.x * ${CHUNK_PIXELS}u + lane / ${lanes}u; p < end; p += ${rows}u) {
      let i = p * u.channels + c;
      ${before}
      ${terms.map((term, t) => `sum${t} += ${term};`).join("\n      ")}
    }
  }
  ${terms.map((_, t) => `tree[${t * THREADS}u + lane] = sum${t};`).join("\n  ")}
  workgroupBarrier();
  for (var half = ${THREADS / 2}u * u.one; half >= ${lanes}u; half = half >> 1u) {
    if (lane < half) {
      ${
      terms.map((_, t) => `tree[${t * THREADS}u + lane] += tree[${t * THREADS}u + lane + half];`)
        .join("\n      ")
    }
    }
    workgroupBarrier();
  }
  if (lane < ${lanes}u && c < u.channels) {
    let at = group.x * ${terms.length}u * u.channels + c;
    ${
      terms.map((_, t) => `partials[at + ${t}u * u.channels] = tree[${t * THREADS}u + lane];`).join(
        "\n    ",
      )
    }
  }`,
  };
}

/** Chunks are added for so many entries at once, each by so many threads. */
export interface AddShape {
  readonly entries: number;
  readonly threads: number;
}

/** The shape for a number of entries: few have many threads each. */
export const addShapeFor = (size: number): AddShape =>
  size >= 4096 ? { entries: 16, threads: 4 } : { entries: 4, threads: 16 };

/** The kernel of the second step: out[offset + entry] = factor * the sum over the chunks. */
export function addChunksKernel({ entries, threads }: AddShape): Kernel {
  return {
    name: `addChunks ${entries}`,
    inputs: { partials: "f32" },
    outputs: { out: "f32" },
    sizes: ["size", "chunks", "offset"],
    factors: ["factor"],
    threads: THREADS,
    before: `var<workgroup> tree: array<f32, ${THREADS}>;`,
    body: `
  let entry = (group.y * groups.x + group.x) * ${entries}u + lane % ${entries}u;
  var sum = 0.0;
  if (entry < u.size) {
    for (var chunk = lane / ${entries}u; chunk < u.chunks; chunk += ${threads}u) {
      sum += partials[chunk * u.size + entry];
    }
  }
  tree[lane] = sum;
  workgroupBarrier();
  for (var half = ${THREADS / 2}u * u.one; half >= ${entries}u; half = half >> 1u) {
    if (lane < half) { tree[lane] += tree[lane + half]; }
    workgroupBarrier();
  }
  if (lane < ${entries}u && entry < u.size) { out[u.offset + entry] = tree[lane] * u.factor; }`,
  };
}
