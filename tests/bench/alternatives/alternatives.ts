import type { Prepare } from "./work.ts";

/** One way to do the work. */
export interface Alternative {
  /** As in tables. */
  readonly title: string;
  /** Runs on as many threads as it is given; on one otherwise. */
  readonly threaded: boolean;
  /** Is timed on so many slices only, since it is so slow; times are scaled to the whole batch. */
  readonly slices?: number;
  /** What a reader should know. */
  readonly remark: string;
  /** Loads it: only into a process in which no other is. */
  readonly load: () => Promise<Prepare>;
}

/** All of them; the first is what the others are compared with. */
export const ALTERNATIVES = {
  tandem: {
    title: "Tandem",
    threaded: true,
    remark: "",
    load: async () => (await import("./tandem.ts")).prepareTandem,
  },
  tfjsCpu: {
    title: "tfjs 4.22.0, cpu",
    threaded: false,
    slices: 1,
    remark: "its own gradients",
    load: async () => (await import("./tfjs.ts")).prepareTfjsCpu("own"),
  },
  tfjsCpuWritten: {
    title: "tfjs 4.22.0, cpu",
    threaded: false,
    slices: 1,
    remark: "gradients of convolutions written from its operators",
    load: async () => (await import("./tfjs.ts")).prepareTfjsCpu("written"),
  },
  tfjsWasm: {
    title: "tfjs 4.22.0, wasm",
    threaded: false,
    remark: "gradients of convolutions written from its operators",
    load: async () => (await import("./tfjs.ts")).prepareTfjsWasm,
  },
  jax: {
    title: "jax-js 0.1.25, wasm",
    threaded: true,
    remark: "jit; lax.convGeneralDilated",
    load: async () => (await import("./jax.ts")).prepareJax("ownConvolution"),
  },
  jaxProducts: {
    title: "jax-js 0.1.25, wasm",
    threaded: true,
    remark: "jit; convolutions as matrix products",
    load: async () => (await import("./jax.ts")).prepareJax("matrixProducts"),
  },
} as const satisfies Record<string, Alternative>;

/** The name of an alternative. */
export type AlternativeName = keyof typeof ALTERNATIVES;
