import { type BackendOptions, startBackend, tf } from "../../../wasm/mod.ts";
import project from "../../../deno.json" with { type: "json" };
import type { DeviceName } from "../../names.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { cachePlace } from "../../imaging/data/cases/cache_place.ts";
import { describeCards, examineCard } from "./examine_cards.ts";
import { wasmFeatures } from "./features.ts";
import { findTroubles, type Machine, type Trouble } from "./find_troubles.ts";
import { measureStorage, type Storage } from "./measure_storage.ts";
import { processLimits } from "./process_limits.ts";
import { type Check, selfCheck } from "./self_check.ts";

/** What `examine` finds; plain JSON. */
export interface Examination {
  /** Versions, threads, features and timings by name. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
  /** Checks of arithmetic, the card's too where it was asked for; or of the start, where that failed. */
  readonly checks: readonly Check[];
  /** What hinders here, and what to do about it, the worst first. */
  readonly troubles: readonly Trouble[];
  /** Whether every check passed, and nothing was found by which training would fail. */
  readonly passed: boolean;
}

/** How to look at a machine. */
export interface ExamineOptions extends BackendOptions {
  /** With a card, it is checked and timed too; not by default. */
  readonly device?: DeviceName;
  /** The folder for runs, whose disk is looked at; `runs` by default. */
  readonly out?: string;
  /** The folder for prepared volumes, or `none`; where the system keeps caches by default. */
  readonly cache?: string;
}

/**
 * Tells what this machine offers, checks the backend's arithmetic, and times it; and the same of its
 * graphics card where it is asked for. Tells what hinders: of Deno, threads, memory and disks. What may
 * not be asked, for want of a permission, is left out.
 *
 * @throws {RangeError} If `threads` is not a whole number from 1 to 64.
 * @throws {NoCardError} If `device` is `gpu` and there is no card.
 */
export async function examine(
  { device = "cpu", out = "runs", cache = "auto", ...options }: ExamineOptions = {},
): Promise<Examination> {
  const { simd, relaxedSimd, sharedMemory } = wasmFeatures();
  // first: drivers that compute in software end the process badly while they still tidy up
  const cards = await describeCards();
  const memory = memoryHere(), limits = processLimits();
  const storage = await storageOf(out, cache);
  const machine: Machine = {
    ...{ deno: Deno.version.deno, simd, relaxedSimd, sharedMemory, limits, storage },
    threads: options.threads ?? Math.min(64, navigator.hardwareConcurrency),
    threadsGiven: options.threads !== undefined,
    ...memory && { memory },
  };
  const facts = {
    "Tandem": project.version,
    "Deno": Deno.version.deno,
    "V8": Deno.version.v8,
    "TensorFlow.js": tf.version_core,
    "platform": `${Deno.build.os} ${Deno.build.arch}`,
    "cores": limits.cores ?? navigator.hardwareConcurrency,
    ...limits.cpuQuota !== undefined && { "quota (CPUs)": limits.cpuQuota },
    ...memory && { "memory (MB)": megabytes(memory.total) },
    ...memory && { "free memory (MB)": megabytes(memory.available) },
    ...limits.memoryBytes !== undefined &&
      { "limit of memory (MB)": megabytes(limits.memoryBytes) },
    ...Object.assign({}, ...storage.map(storageFacts)) as Facts,
    "SIMD": simd,
    "relaxed SIMD": relaxedSimd,
  };
  let computing: Computing;
  try {
    computing = await examineComputing(device, options);
  } catch (error) {
    if (error instanceof RangeError || (error as Error).name === "NoCardError") throw error;
    // what hinders may be why
    const detail = messageOf(error);
    const checks = [{ name: "start of the backend", detail, passed: false }];
    return {
      facts: { ...facts, ...cards },
      checks,
      troubles: findTroubles(machine),
      passed: false,
    };
  }
  const { checks, facts: measured, ...backend } = computing;
  const troubles = findTroubles({ ...machine, ...backend });
  return {
    facts: { ...facts, ...measured.own, ...cards, ...measured.card },
    checks,
    troubles,
    passed: checks.every(({ passed }) => passed) &&
      !troubles.some(({ severity }) => severity === "error"),
  };
}

type Facts = Readonly<Record<string, string | number | boolean>>;

/** What the running backend is like. */
type Computing = Pick<Machine, "threads" | "sharedMemory" | "heapLimit"> & {
  readonly checks: readonly Check[];
  readonly facts: { readonly own: Facts; readonly card: Facts };
};

async function examineComputing(device: DeviceName, options: BackendOptions): Promise<Computing> {
  const started = performance.now();
  const backend = await startBackend({ onNotice: () => {}, ...options });
  const startMs = performance.now() - started;
  const own = selfCheck();
  const gigaflops = timeConvolution();
  const card = await examineCard(device);
  const { threads, sharedMemory, mostBytes: heapLimit } = backend;
  return {
    ...{ threads, sharedMemory, heapLimit },
    checks: [...own, ...card.checks],
    facts: {
      card: card.facts,
      own: {
        threads,
        "shared memory": sharedMemory,
        "backend start (ms)": Math.round(startMs),
        "convolution 3x3, 16 to 16 channels, 96 x 96 x 10 (GFLOP/s)": Number(gigaflops.toFixed(1)),
        "heap (MB)": Math.round(backend.heapBytes() / 2 ** 20),
      },
    },
  };
}

/** The disks of the folders that training writes to. */
async function storageOf(out: string, cache: string): Promise<Storage[]> {
  const place = cache === "auto" ? cachePlace() : cache === "none" ? undefined : cache;
  const runs = await measureStorage("runs", out);
  return place === undefined ? [runs] : [runs, await measureStorage("cache", place)];
}

function storageFacts(
  { purpose, folder, freeBytes, writeSpeed, readSpeed }: Storage,
): Record<string, string | number> {
  const of = `of ${purpose}`;
  return {
    [`disk ${of}`]: folder,
    ...freeBytes !== undefined &&
      { [`free disk ${of} (GB)`]: Number((freeBytes / 1e9).toFixed(1)) },
    ...writeSpeed !== undefined && { [`writing ${of} (MB/s)`]: Math.round(writeSpeed) },
    ...readSpeed !== undefined && { [`reading again ${of} (MB/s)`]: Math.round(readSpeed) },
  };
}

/** The memory of this machine; undefined where it may not be asked. */
function memoryHere(): { total: number; available: number } | undefined {
  const { state } = Deno.permissions.querySync({ name: "sys", kind: "systemMemoryInfo" });
  if (state !== "granted") return undefined;
  const { total, available } = Deno.systemMemoryInfo();
  return { total, available };
}

const megabytes = (bytes: number) => Math.round(bytes / 1e6);

/** The speed of one typical convolution, the best of several runs. */
function timeConvolution(): number {
  const [batch, size, channels] = [10, 96, 16];
  const operations = 2 * batch * size * size * channels * channels * 9;
  let best = 0;
  tf.tidy(() => {
    const image = tf.ones([batch, size, size, channels]) as ReturnType<typeof tf.tensor4d>;
    const filter = tf.ones([3, 3, channels, channels]) as ReturnType<typeof tf.tensor4d>;
    for (let run = 0; run < 5; run++) {
      const started = performance.now();
      tf.tidy(() => void tf.conv2d(image, filter, 1, "same"));
      best = Math.max(best, operations / (performance.now() - started) / 1e6);
    }
  });
  return best;
}
