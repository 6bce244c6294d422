/** The text of a file of the system; undefined where there is none, or it may not be read. */
export type ReadSystemFile = (path: string) => string | undefined;

/** What Linux allows this process; what is not known, or without limit, is absent. */
export interface ProcessLimits {
  /** Cores of the machine. */
  readonly cores?: number;
  /** Those of them that the process may use: a cpuset, or an affinity. */
  readonly allowedCores?: number;
  /** CPUs that the control group's quota is worth, as 1.5. */
  readonly cpuQuota?: number;
  /** Bytes that the control group may take. */
  readonly memoryBytes?: number;
}

/** Where the system keeps control groups. */
const GROUPS = "/sys/fs/cgroup";

/** Bytes from where on a limit of version 1 is none. */
const NO_LIMIT = 2 ** 60;

/**
 * Reads what Linux allows this process: of both versions of control groups, of its own and of those
 * above, the least.
 *
 * @param read Gives the text of a file, by its path.
 */
export function processLimits(read: ReadSystemFile = readSystemFile): ProcessLimits {
  const quotas: number[] = [], memories: number[] = [];
  for (const { controllers, path } of groupsOf(read("/proc/self/cgroup") ?? "0::/")) {
    for (const place of upwards(path)) {
      if (controllers.length === 0) {
        const [quota, period] = words(read(`${GROUPS}${place}/cpu.max`));
        quotas.push(Number(quota) / Number(period));
        memories.push(Number(words(read(`${GROUPS}${place}/memory.max`))[0]));
      }
      if (controllers.includes("cpu")) {
        const at = `${GROUPS}/${controllers.join()}${place}`, other = `${GROUPS}/cpu${place}`;
        const one = (name: string) => words(read(`${at}/${name}`) ?? read(`${other}/${name}`))[0];
        quotas.push(Number(one("cpu.cfs_quota_us")) / Number(one("cpu.cfs_period_us")));
      }
      if (controllers.includes("memory")) {
        const [bytes] = words(read(`${GROUPS}/memory${place}/memory.limit_in_bytes`));
        memories.push(Number(bytes));
      }
    }
  }
  const allowed = /^Cpus_allowed_list:\s*(\S+)/m.exec(read("/proc/self/status") ?? "")?.[1];
  return {
    ...least("cpuQuota", quotas),
    ...least("memoryBytes", memories.filter((bytes) => bytes < NO_LIMIT)),
    ...least("cores", [countOf(words(read("/sys/devices/system/cpu/online"))[0])]),
    ...least("allowedCores", [countOf(allowed)]),
  };
}

/** The groups of `/proc/self/cgroup`; that of version 2 has no controllers. */
function groupsOf(text: string) {
  return text.split("\n").flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (controllers === undefined) return [];
    return [{ controllers: controllers.split(",").filter((name) => name !== ""), path: path! }];
  });
}

/** A path and all above it, as far as the root, which is empty. */
function upwards(path: string): string[] {
  const parts = path.split("/").filter((part) => part !== "" && part !== "..");
  return [...parts.keys(), parts.length].map((n) => parts.slice(0, n).map((p) => `/${p}`).join(""));
}

const words = (text: string | undefined) => text?.trim().split(/\s+/) ?? [];

/** How many cores a list as `0-3,8` names. */
function countOf(list: string | undefined): number {
  if (list === undefined) return NaN;
  return list.split(",").reduce((count, part) => {
    const [from, to = from] = part.split("-").map(Number);
    return count + to! - from! + 1;
  }, 0);
}

/** The least of the numbers that are one, above 0, under a name. */
function least(name: string, values: readonly number[]): Record<string, number> {
  const known = values.filter((value) => Number.isFinite(value) && value > 0);
  return known.length === 0 ? {} : { [name]: Math.min(...known) };
}

function readSystemFile(path: string): string | undefined {
  // without the question that a terminal would be asked
  if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") return undefined;
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}
