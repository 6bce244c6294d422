import { decimalText } from "../../base/report/number_text.ts";
import type { ProcessLimits } from "./process_limits.ts";
import { slowText, type Storage } from "./measure_storage.ts";

/** Something of a machine that hinders, and what to do about it. */
export interface Trouble {
  /** Whether training fails by it, or is slow, or may fail. */
  readonly severity: "error" | "warning";
  /** What was found, with what is wanted. */
  readonly text: string;
  /** What to do about it. */
  readonly advice: string;
}

/** What is known of a machine. */
export interface Machine {
  /** Version of Deno. */
  readonly deno: string;
  readonly simd: boolean;
  readonly relaxedSimd: boolean;
  /** Whether threads share the backend's memory. */
  readonly sharedMemory: boolean;
  /** Bytes to which the shared memory may grow; absent where there is none. */
  readonly heapLimit?: number | undefined;
  /** Threads of the backend, and whether a person has said how many. */
  readonly threads: number;
  readonly threadsGiven: boolean;
  readonly limits: ProcessLimits;
  /** Bytes of memory, and those that are free; absent where that may not be asked. */
  readonly memory?: { readonly total: number; readonly available: number };
  readonly storage: readonly Storage[];
}

/** The oldest Deno that Tandem is tested with. */
const NEEDED_DENO = "2.9";

/** Bytes that the memory of the backend may grow to, but for a page. */
const WHOLE_HEAP = 2 ** 32 - 2 ** 16;
const ADDRESSES = "address space (ulimit -v unlimited; a container or job with more memory)";

const GB = 1e9;
/** Bytes of memory below which a training is likely killed, and below which large ones are. */
const MEMORY = { least: 1 * GB, good: 3 * GB };
/** Bytes of free memory, and of free disk. */
const FREE_MEMORY = 1 * GB, DISK = { least: 0.2 * GB, good: 2 * GB };
const LEAST_FILES = 1000;

/** What hinders on a machine, the worst first; nothing where all is well. */
export function findTroubles(machine: Machine): Trouble[] {
  const all = [
    ...ofEngine(machine),
    ...ofThreads(machine),
    ...ofMemory(machine),
    ...machine.storage.flatMap(ofStorage),
  ];
  return all.toSorted((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
}

function ofEngine({ deno, simd, relaxedSimd, sharedMemory, heapLimit }: Machine): Trouble[] {
  const troubles: Trouble[] = [];
  const [major = 0, minor = 0] = deno.split(".").map(Number);
  const [neededMajor, neededMinor] = NEEDED_DENO.split(".").map(Number);
  if (major < neededMajor! || (major === neededMajor && minor < neededMinor!)) {
    troubles.push(error(
      `Deno ${deno} is too old, wanted ${NEEDED_DENO} or newer`,
      "run deno upgrade, or npx -y deno@2.9.6 in the place of deno",
    ));
  }
  if (!simd) {
    troubles.push(error(
      "the processor, or this Deno, has no SIMD for WebAssembly",
      "take a Deno for this processor, and no emulator of another one",
    ));
  } else if (!relaxedSimd) {
    troubles.push(warning(
      "no relaxed SIMD: products are rounded before they are added, which is slower",
      "take a newer Deno; results differ in the last digits only",
    ));
  }
  if (!sharedMemory) {
    troubles.push(warning(
      "no shared memory: one thread computes, whatever --threads says",
      `allow 4 GiB of ${ADDRESSES}`,
    ));
  } else if (heapLimit !== undefined && heapLimit < WHOLE_HEAP) {
    troubles.push(warning(
      `shared memory ends at ${
        decimalText(heapLimit / 2 ** 30)
      } GiB: large slices and batches do not fit`,
      `allow 4 GiB of ${ADDRESSES}`,
    ));
  }
  return troubles;
}

function ofThreads({ threads, threadsGiven, sharedMemory, limits }: Machine): Trouble[] {
  const { cores, allowedCores, cpuQuota } = limits;
  if (cpuQuota !== undefined && threads > Math.ceil(cpuQuota)) {
    return [warning(
      `${counted(threads, "thread")} share ${
        decimalText(cpuQuota)
      } CPUs of the control group's quota, ` +
        "and wait for one another",
      `give --threads ${Math.max(1, Math.floor(cpuQuota))}, or ask for more CPUs (docker --cpus)`,
    )];
  }
  const usable = allowedCores ?? cores;
  if (usable !== undefined && threads > usable) {
    return [warning(
      `${counted(threads, "thread")} on ${counted(usable, "core")} wait for one another`,
      `give --threads ${usable}`,
    )];
  }
  if (threadsGiven || !sharedMemory) return [];
  const held = [
    ...cpuQuota !== undefined && cores !== undefined && cpuQuota < cores
      ? [`a quota of ${decimalText(cpuQuota)} CPUs (docker --cpus, or the job's)`]
      : [],
    ...allowedCores !== undefined && cores !== undefined && allowedCores < cores
      ? [`a set of ${counted(allowedCores, "core")} (taskset, docker --cpuset-cpus, or the job's)`]
      : [],
  ];
  if (held.length > 0) {
    return [warning(
      `${counted(threads, "thread")} on ${counted(cores!, "core")}: held to ${held.join(" and ")}`,
      "ask for more CPUs, as by sbatch --cpus-per-task, if training is to be faster",
    )];
  }
  if (threads > 1) return [];
  return [warning(
    "one thread, for this machine shows one core",
    "training takes long: give a virtual machine more cores, or train elsewhere",
  )];
}

function ofMemory({ memory, limits: { memoryBytes } }: Machine): Trouble[] {
  const total = Math.min(memory?.total ?? Infinity, memoryBytes ?? Infinity);
  const whose = memoryBytes === total ? " by the control group's limit" : "";
  if (total < MEMORY.good) {
    const isLeast = total < MEMORY.least;
    return [(isLeast ? error : warning)(
      `${size(total)} of memory${whose}: ` +
        (isLeast ? "training is likely killed" : "large slices and batches do not fit"),
      "ask for more (docker --memory, sbatch --mem), or give a smaller --batch-size and " +
        "--set data.memory=0.2, and run one at a time",
    )];
  }
  if (memory === undefined || memory.available >= FREE_MEMORY) return [];
  return [warning(
    `${size(memory.available)} of ${size(memory.total)} of memory are free`,
    "end other programs, or give a smaller --batch-size and --set data.memory=0.2",
  )];
}

function ofStorage(storage: Storage): Trouble[] {
  const { purpose, folder, freeBytes, freeFiles, unwritable } = storage;
  const isCache = purpose === "cache";
  const elsewhere = isCache
    ? "name another folder by --cache, or --cache none"
    : "name another folder by --out";
  const where = `${folder}, for ${isCache ? "prepared volumes" : "runs"}`;
  if (freeBytes !== undefined && freeBytes < DISK.good) {
    const isLeast = freeBytes < DISK.least && !isCache;
    return [(isLeast ? error : warning)(
      `${size(freeBytes)} are free in ${where}`,
      `make room${isCache ? " (tandem cache --clear)" : ""}, or ${elsewhere}`,
    )];
  }
  if (freeFiles !== undefined && freeFiles < LEAST_FILES) {
    return [(isCache ? warning : error)(
      `room for ${freeFiles} more files in ${where}`,
      `remove files, or ${elsewhere}`,
    )];
  }
  if (unwritable !== undefined) {
    return [(isCache ? warning : error)(
      `nothing can be written to ${where}: ${unwritable}`,
      `see who may write there, or ${elsewhere}`,
    )];
  }
  const slow = slowText(storage);
  if (slow === "") return [];
  return [warning(
    `slow storage: ${where}, ${slow}`,
    `${elsewhere}, on a disk of this machine`,
  )];
}

const error = (text: string, advice: string): Trouble => ({ severity: "error", text, advice });
const warning = (text: string, advice: string): Trouble => ({ severity: "warning", text, advice });

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
const size = (bytes: number) =>
  bytes < GB ? `${Math.round(bytes / 1e6)} MB` : `${decimalText(bytes / GB)} GB`;
