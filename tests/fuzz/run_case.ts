import { RandomStream } from "../../lib/base/random/random_stream.ts";
import { judge, type Verdict } from "./judge.ts";
import { askedMemory, MemoryBoundError, resetMemory } from "./count_memory.ts";
import { cpuMilliseconds } from "./cpu_milliseconds.ts";
import { placeFiles } from "./memory_files.ts";
import { spoil } from "./mutators.ts";
import { FUZZ_FOLDER, type FuzzTarget, textBytes } from "./target.ts";

/** An input of a campaign. */
export interface FuzzCase {
  readonly target: FuzzTarget;
  readonly seed: number;
  readonly index: number;
}

/** What came of an input, and what it took. */
export interface CaseReport extends Verdict {
  /** What was done to the valid input. */
  readonly ways: readonly string[];
  /** Of the processor: a busy machine makes nothing hang. */
  readonly milliseconds: number;
  /** Bytes asked for as typed arrays and buffers. */
  readonly memory: number;
}

/** Milliseconds after which a reader hangs. */
export const MOST_MILLISECONDS = 5000;

/** Bytes that a reader may ask for whatever the input is. */
const FREE = 2 ** 20;

/** Milliseconds below which no heap is filled: how full it is takes long to tell. */
const SLOW = 100;

/** Bytes of the heap that a reader may take whatever the input is. */
const HEAP = 2 ** 26;

/** Has the input read once more, and gives the bytes that it takes of the heap, garbage too. */
async function heapOf({ target }: FuzzCase, path: string, bytes: Uint8Array): Promise<number> {
  const { gc } = globalThis as { gc?: () => void };
  gc?.();
  const before = Deno.memoryUsage().heapUsed;
  for (const read of target.readers) {
    try {
      await read(path, bytes);
    } catch {
      // It has been judged before.
    }
  }
  return gc === undefined ? 0 : Deno.memoryUsage().heapUsed - before;
}

/**
 * The bytes of an input; the same seed and index give the same. The first ones are the valid inputs as
 * they are, so that a reader that refuses everything is seen.
 */
export function inputOf({ target, seed, index }: FuzzCase): { bytes: Uint8Array; ways: string[] } {
  const draws = RandomStream.fromSeed(seed).stream("fuzz", target.name, index);
  const { seeds, kind, fields = [] } = target, valid = seeds[index];
  if (valid !== undefined) return { bytes: target.dress?.(valid, index) ?? valid, ways: [] };
  const { bytes, ways } = spoil(draws.choice(seeds), kind, { draws, seeds, fields });
  return { bytes: target.dress?.(bytes, index) ?? bytes, ways };
}

/** Has the target read an input, and judges what comes of it. */
export async function runCase(
  one: FuzzCase,
): Promise<CaseReport & { bytes: Uint8Array; thrown?: unknown }> {
  const { target } = one, { bytes, ways } = inputOf(one);
  const folder = `${FUZZ_FOLDER}/${target.name}`, path = `${folder}/${target.file}`;
  const files = new Map([[path, bytes]]);
  for (const [name, content] of Object.entries(target.beside ?? {})) {
    files.set(`${folder}/${name}`, typeof content === "string" ? textBytes(content) : content);
  }
  placeFiles(files);
  const honest = target.honest?.(bytes) ?? 16 * bytes.length, allowed = 2 * honest + FREE;
  resetMemory(4 * allowed);
  const start = cpuMilliseconds();
  let verdict: Verdict | undefined;
  let thrown: unknown;
  for (const read of target.readers) {
    try {
      await read(path, bytes);
      if (verdict?.kind !== "fault") verdict = { kind: "result", what: "result" };
    } catch (error) {
      const own = judge(error, target.names ?? [path], bytes.length);
      if (verdict !== undefined && own.kind !== "fault") continue;
      [verdict, thrown] = [own, error];
    }
    if (verdict.kind === "fault") break;
  }
  const milliseconds = cpuMilliseconds() - start, memory = askedMemory();
  resetMemory(Infinity);
  if (memory > allowed || isUnbounded(thrown)) {
    verdict = { kind: "fault", what: "asks for more than twice the memory that the input needs" };
  } else if (milliseconds > MOST_MILLISECONDS) {
    verdict = { kind: "fault", what: `takes over ${MOST_MILLISECONDS} ms` };
  } else if (milliseconds > SLOW && await heapOf(one, path, bytes) > HEAP + 2 * honest) {
    verdict = { kind: "fault", what: "fills the heap" };
  }
  return { ...verdict!, ways, milliseconds, memory, bytes, ...thrown !== undefined && { thrown } };
}

function isUnbounded(thrown: unknown): boolean {
  for (let at = thrown; at instanceof Error; at = at.cause) {
    if (at instanceof MemoryBoundError) return true;
  }
  return false;
}
