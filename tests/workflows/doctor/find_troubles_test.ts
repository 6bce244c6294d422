import { assert, assertEquals, assertStringIncludes } from "../../deps.ts";
import { findTroubles, type Machine } from "../../../lib/workflows/doctor/find_troubles.ts";

const GOOD: Machine = {
  ...{ deno: "2.9.6", simd: true, relaxedSimd: true, sharedMemory: true, heapLimit: 2 ** 32 },
  ...{ threads: 8, threadsGiven: false, limits: { cores: 8, allowedCores: 8 } },
  memory: { total: 16e9, available: 8e9 },
  storage: [
    { purpose: "runs", folder: "/runs", freeBytes: 1e11, freeFiles: 1e6, writeSpeed: 200 },
    { purpose: "cache", folder: "/cache", freeBytes: 1e11, readSpeed: 500, fileMs: 1 },
  ],
};

Deno.test("findTroubles() finds nothing on a good machine, or one that tells little", () => {
  assertEquals(findTroubles(GOOD), []);
  const { memory: _, ...others } = GOOD;
  const storage = [{ purpose: "runs", folder: "/runs" } as const];
  assertEquals(findTroubles({ ...others, heapLimit: undefined, limits: {}, storage }), []);
  assertEquals(findTroubles({ ...GOOD, deno: "3.0.0" }), []);
});

const [RUNS, CACHE] = GOOD.storage;

/** What is changed of a good machine; the severity, words of what is told, and of the advice. */
const CASES: readonly [Partial<Machine>, "error" | "warning", string, string][] = [
  [{ deno: "2.8.3" }, "error", "Deno 2.8.3 is too old, wanted 2.9", "deno upgrade"],
  [{ deno: "1.46.0" }, "error", "Deno 1.46.0 is too old", "deno@2.9.6"],
  [{ simd: false }, "error", "no SIMD", "take a Deno"],
  [{ relaxedSimd: false }, "warning", "no relaxed SIMD", "newer Deno"],
  [{ sharedMemory: false, heapLimit: undefined }, "warning", "no shared memory", "ulimit -v"],
  [{ heapLimit: 2 ** 31 }, "warning", "shared memory ends at 2 GiB", "ulimit -v"],
  [
    { threads: 2, limits: { cores: 64, allowedCores: 64, cpuQuota: 2.5 } },
    "warning",
    "2 threads on 64 cores: held to a quota of 2.5 CPUs",
    "--cpus-per-task",
  ],
  [
    { threads: 4, limits: { cores: 64, allowedCores: 4 } },
    "warning",
    "held to a set of 4 cores",
    "--cpus-per-task",
  ],
  [
    { limits: { cores: 64, allowedCores: 64, cpuQuota: 1.5 }, threadsGiven: true },
    "warning",
    "8 threads share 1.5 CPUs",
    "--threads 1",
  ],
  [{ threads: 9, threadsGiven: true }, "warning", "9 threads on 8 cores wait", "--threads 8"],
  [{ threads: 1, limits: { cores: 1 } }, "warning", "one thread", "more cores"],
  [{ limits: { memoryBytes: 5e8 } }, "error", "500 MB of memory by the control group", "--mem"],
  [{ memory: { total: 2e9, available: 2e9 } }, "warning", "2 GB of memory: large", "--batch-size"],
  [{ memory: { total: 16e9, available: 3e8 } }, "warning", "300 MB of 16 GB", "end other"],
  [{ storage: [{ ...RUNS!, freeBytes: 1e8 }] }, "error", "100 MB are free in /runs", "--out"],
  [{ storage: [{ ...RUNS!, freeBytes: 1e9 }] }, "warning", "1 GB are free in /runs", "--out"],
  [{ storage: [{ ...CACHE!, freeBytes: 0 }] }, "warning", "0 MB are free in /cache", "--clear"],
  [{ storage: [{ ...RUNS!, freeFiles: 3 }] }, "error", "room for 3 more files", "remove files"],
  [
    { storage: [{ ...RUNS!, unwritable: "no" }] },
    "error",
    "written to /runs, for runs: no",
    "--out",
  ],
  [{ storage: [{ ...CACHE!, unwritable: "no" }] }, "warning", "for prepared", "--cache none"],
  [{ storage: [{ ...RUNS!, writeSpeed: 2.51 }] }, "warning", "writes 2.5 MB/s", "disk of this"],
  [
    { storage: [{ ...CACHE!, readSpeed: 3, fileMs: 90 }] },
    "warning",
    "reads 3 MB/s, takes 90 ms",
    "",
  ],
];

Deno.test("findTroubles() tells each trouble, how bad it is, and what to do", () => {
  for (const [change, severity, text, advice] of CASES) {
    const [found, ...others] = findTroubles({ ...GOOD, ...change });
    assertEquals([found?.severity, others], [severity, []], text);
    assertStringIncludes(found!.text, text);
    assertStringIncludes(found!.advice, advice);
  }
});

Deno.test("findTroubles() tells the worst first", () => {
  const all = findTroubles({ ...GOOD, relaxedSimd: false, deno: "2.1.0", threads: 9 });
  assertEquals(all.map(({ severity }) => severity), ["error", "warning", "warning"]);
  assert(all[0]!.text.includes("too old"));
});
