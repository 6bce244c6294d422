import { assertEquals } from "../../deps.ts";
import { processLimits } from "../../../lib/workflows/doctor/process_limits.ts";

const limitsOf = (files: Record<string, string>) => processLimits((path) => files[path]);

Deno.test("processLimits() reads version 2 of control groups, the least of those above", () => {
  const found = limitsOf({
    "/proc/self/cgroup": "0::/user.slice/job.scope\n",
    "/sys/fs/cgroup/cpu.max": "max 100000\n",
    "/sys/fs/cgroup/user.slice/cpu.max": "250000 100000\n",
    "/sys/fs/cgroup/user.slice/job.scope/cpu.max": "400000 100000\n",
    "/sys/fs/cgroup/user.slice/memory.max": "max\n",
    "/sys/fs/cgroup/user.slice/job.scope/memory.max": "2000000000\n",
    "/proc/self/status": "Name:\tdeno\nCpus_allowed_list:\t0-3,8\n",
    "/sys/devices/system/cpu/online": "0-15\n",
  });
  assertEquals(found, { cpuQuota: 2.5, memoryBytes: 2e9, cores: 16, allowedCores: 5 });
});

Deno.test("processLimits() reads version 1, and takes its greatest number for no limit", () => {
  const found = limitsOf({
    "/proc/self/cgroup": "4:memory:/a\n2:cpu,cpuacct:/a\n0::/\n",
    "/sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_quota_us": "50000\n",
    "/sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_period_us": "100000\n",
    "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
    "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
    "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
    "/sys/fs/cgroup/memory/a/memory.limit_in_bytes": "1000000000\n",
  });
  assertEquals(found, { cpuQuota: 0.5, memoryBytes: 1e9 });
});

Deno.test("processLimits() knows nothing where nothing can be read, or makes sense", () => {
  assertEquals(limitsOf({}), {});
  const found = limitsOf({
    "/proc/self/cgroup": "no group\n0::/../..\n",
    "/sys/fs/cgroup/cpu.max": "text\n",
    "/proc/self/status": "Cpus_allowed_list:\tff\n",
  });
  assertEquals(found, {});
});
