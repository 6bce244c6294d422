/** A cluster of Slurm on this host, as Debian has it: a controller, and nodes as daemons with ports. */

const PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch"];

/** Folders of programs for administrators, which are not in everybody's PATH. */
const PATH = `${Deno.env.get("PATH") ?? ""}:/usr/sbin:/sbin`;

/**
 * The name and the `ignore` of a test that needs Slurm: where nobody asked for it by
 * `TANDEM_TEST_SLURM=1`, since it takes minutes on a busy machine, where Slurm is missing, or this is
 * not root, the test is counted as ignored, and its name says why.
 */
export async function whereThereIsSlurm(name: string) {
  const script = `for p in ${PROGRAMS.join(" ")}; do command -v "$p" || echo "no $p"; done; id -u`;
  const words = Deno.build.os === "linux" ? (await output("sh", ["-c", script])).split("\n") : [];
  const missing = words.find((word) => word.startsWith("no "))?.slice(3);
  const why = Deno.env.get("TANDEM_TEST_SLURM") !== "1"
    ? "TANDEM_TEST_SLURM=1 asks for it"
    : words.length === 0
    ? "not on Linux"
    : missing !== undefined
    ? `Slurm's ${missing} is missing`
    : words.at(-1) !== "0"
    ? "Slurm is started by root alone"
    : undefined;
  return { name: why === undefined ? name : `${name} (${why})`, ignore: why !== undefined };
}

/** A cluster that runs until it is disposed of. */
export interface SlurmCluster extends AsyncDisposable {
  /** What programs need to be told of it. */
  readonly env: Readonly<Record<string, string>>;
  /** What a program of Slurm's says; throws where it refuses. */
  ask(program: string, ...args: string[]): Promise<string>;
  /** Ends a node with all that runs on it, as a power cut does. */
  cut(node: string): Promise<void>;
  /** Starts a node. */
  start(node: string): Promise<void>;
}

/** Starts a cluster of nodes of one core each, `n1`, `n2`, … */
export async function startCluster(nodes = 2): Promise<SlurmCluster> {
  const dir = await Deno.makeTempDir({ prefix: "slurm" });
  await Deno.chmod(dir, 0o755);
  const names = Array.from({ length: nodes }, (_, n) => `n${n + 1}`);
  const conf = `${dir}/slurm.conf`, env = { SLURM_CONF: conf, PATH };
  await Deno.writeFile(`${dir}/key`, crypto.getRandomValues(new Uint8Array(1024)), { mode: 0o400 });
  await Deno.mkdir(`${dir}/state`);
  for (const name of names) await Deno.mkdir(`${dir}/spool.${name}`);
  await Deno.writeTextFile(conf, configuration(dir, names, freePorts(nodes + 1)));
  const munge = ["socket", "key-file", "pid-file", "log-file", "seed-file"]
    .map((what) =>
      `--${what}=${dir}/${what === "key-file" ? "key" : `munge.${what.split("-")[0]}`}`
    );
  const ask = (program: string, ...args: string[]) => output(program, args, env);
  const pidIn = async (name: string) => Number(await Deno.readTextFile(`${dir}/${name}`));
  const start = async (node: string) => void await ask("slurmd", "-f", conf, "-N", node);
  const cut = async (node: string) => {
    const mine = await processesOf(conf);
    const ofNode = mine.filter(({ env }) => env.includes(`SLURMD_NODENAME=${node}`));
    const parents = new Set(ofNode.map(({ parent }) => parent));
    const keepers = mine.filter(({ pid, name }) =>
      parents.has(pid) && name.startsWith("slurmstepd")
    );
    const all = [
      await pidIn(`slurmd.${node}.pid`),
      ...[...keepers, ...ofNode].map(({ pid }) => pid),
    ];
    for (const pid of all) kill(pid);
  };
  await ask("munged", "--force", ...munge);
  await ask("slurmctld", "-f", conf);
  for (const name of names) await start(name);
  for (let look = 0; !/idle/.test(await ask("sinfo", "-h", "-o", "%T")); look++) {
    if (look > 100) throw new Error(`The nodes do not come up: see ${dir}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    ...{ env, ask, cut, start },
    async [Symbol.asyncDispose]() {
      for (const name of names) await cut(name).catch(() => {});
      for (const file of ["slurmctld.pid", "munge.pid"]) await pidIn(file).then(kill, () => {});
      // daemons that are being ended may write once more
      for (let look = 0; look < 20; look++) {
        const gone = await Deno.remove(dir, { recursive: true }).then(() => true, () => false);
        if (gone) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  };
}

function configuration(dir: string, nodes: readonly string[], ports: readonly number[]): string {
  const host = Deno.hostname();
  return [
    ...["ClusterName=tried", `SlurmctldHost=${host}(127.0.0.1)`, "SlurmUser=root"],
    ...["SlurmdUser=root", "AuthType=auth/munge", `AuthInfo=socket=${dir}/munge.socket`],
    ...["CredType=cred/munge", `SlurmctldPort=${ports[0]}`, `StateSaveLocation=${dir}/state`],
    ...[`SlurmctldPidFile=${dir}/slurmctld.pid`, `SlurmctldLogFile=${dir}/slurmctld.log`],
    ...[`SlurmdPidFile=${dir}/slurmd.%n.pid`, `SlurmdLogFile=${dir}/slurmd.%n.log`],
    ...[`SlurmdSpoolDir=${dir}/spool.%n`, "ProctrackType=proctrack/linuxproc"],
    ...["TaskPlugin=task/none", "SelectType=select/cons_tres", "SelectTypeParameters=CR_CPU"],
    ...["MpiDefault=none", "ReturnToService=2", "SlurmdTimeout=8", "KillWait=15", "MinJobAge=300"],
    ...["SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,sched_interval=1"],
    ...["AccountingStorageType=accounting_storage/none", "JobAcctGatherType=jobacct_gather/none"],
    ...nodes.map((node, n) =>
      `NodeName=${node} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${ports[n + 1]} CPUs=1`
    ),
    `PartitionName=all Nodes=${nodes.join(",")} Default=YES MaxTime=INFINITE State=UP`,
  ].join("\n") + "\n";
}

/** Ports that nobody listens at now. */
function freePorts(count: number): number[] {
  const listeners = Array.from({ length: count }, () => Deno.listen({ port: 0 }));
  return listeners.map((listener) => {
    const { port } = listener.addr as Deno.NetAddr;
    listener.close();
    return port;
  });
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly env: readonly string[];
}

/** The processes that were told of a configuration. */
async function processesOf(conf: string): Promise<Process[]> {
  const found: Process[] = [];
  for await (const { name: pid } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      const env = (await Deno.readTextFile(`/proc/${pid}/environ`)).split("\0");
      if (!env.includes(`SLURM_CONF=${conf}`)) continue;
      const name = await Deno.readTextFile(`/proc/${pid}/cmdline`);
      const [, parent] = /^PPid:\s*(\d+)/m.exec(await Deno.readTextFile(`/proc/${pid}/status`))!;
      found.push({ pid: Number(pid), parent: Number(parent), name, env });
    } catch { /* it has ended meanwhile */ }
  }
  return found;
}

function kill(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch { /* it has ended */ }
}

async function output(program: string, args: string[], env = {}): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args, env }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  if (!success) throw new Error(`${program} ${args.join(" ")}: ${text(stderr)}`);
  return text(stdout);
}
