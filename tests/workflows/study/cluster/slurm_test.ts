/** A study on a cluster of two nodes that is started for it: a node that dies, a run that fails. */
import { assert, assertEquals } from "../../../deps.ts";
import { type SlurmCluster, startCluster, whereThereIsSlurm } from "../../../slurm_cluster.ts";
import { inFolder } from "../tiny_study.ts";

const MAIN = new URL("../../../../cli/main.ts", import.meta.url).pathname;

const STUDY = [
  ...["--preset", "smoke", "--methods", "standard", "--seeds", "0,1,2", "--max-steps", "3"],
  ...["data.size=16", "data.spacing=12", "model.baseWidth=2", "training.batchSize=4"],
  ...["phantom.subjects=3", "phantom.otherSubjects=0", "evaluation.artifacts=false"],
  ...["data.validationFraction=0.34", "data.testFraction=0.34", "output.pictures=false"],
  ...["evaluation.refinements=1", "training.checkpointEverySteps=1"],
].flatMap((part) => part.includes("=") ? ["--set", part] : [part]);

/** Runs a command to its end. */
async function tandem({ env }: SlurmCluster, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", MAIN, ...args],
    env: { ...env, NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until the queue is empty, and has what was put back into it begin at once. */
async function drain({ ask }: SlurmCluster): Promise<void> {
  for (;;) {
    const lines = (await ask("squeue", "-h", "-r", "-o", "%i %r")).split("\n").filter(Boolean);
    if (lines.length === 0) return;
    for (const line of lines) {
      const [job = "", ...reason] = line.split(" ");
      // a launch that failed with its node may be held until somebody lets it go
      if (reason.includes("held")) await ask("scontrol", "release", job).catch(() => {});
      if (reason[0] !== "BeginTime") continue;
      await ask("scontrol", "update", `JobId=${job}`, "StartTime=now").catch(() => {});
    }
    await pause(200);
  }
}

Deno.test({
  ...await whereThereIsSlurm(
    "a study on two nodes of Slurm has the tables of one that ran here, past a dead node and a failure",
  ),
  fn: () =>
    inFolder(async (dir) => {
      await using cluster = await startCluster();
      const { ask, cut, start } = cluster, far = `${dir}/it's far`;
      const local = await tandem(cluster, "study", ...STUDY, "--out", `${dir}/local`);
      assertEquals(local.code, 0, local.stderr);
      const planned = await tandem(cluster, "study", ...STUDY, "--out", far, "--engine", "none");
      assertEquals(planned.code, 0, planned.stderr);
      // a run is not begun where something else lies
      const spoilt = `${far}/runs/standard-seed2`;
      await Deno.mkdir(spoilt);
      await Deno.writeTextFile(`${spoilt}/data.json`, "{}");
      const onCluster = ["study", "--resume", far, "--engine", "slurm"];
      const submitted = await tandem(cluster, ...onCluster, "--sbatch", "--time=10");
      assertEquals(submitted.code, 0, submitted.stderr);
      assert(/^array \d+: 3 runs$/m.test(submitted.stdout), submitted.stdout);

      while (!await ask("squeue", "-h", "-t", "R", "-w", "n2", "-o", "%i")) await pause(50);
      await cut("n2");
      await ask("scontrol", "update", "NodeName=n2", "State=DOWN", "Reason=cut");
      await start("n2");
      await ask("scontrol", "update", "NodeName=n2", "State=RESUME").catch(() => {});
      await drain(cluster);

      const { stdout } = await tandem(cluster, "study", "status", far, "--json");
      const { runs } = JSON.parse(stdout);
      assertEquals(runs.map((run: { run: string; state: string }) => `${run.run} ${run.state}`), [
        ...["standard-seed0 done", "standard-seed1 done", "standard-seed2 failed"],
      ]);
      assert(runs[2].reason.includes("it holds data.json"), runs[2].reason);
      const tries = await Deno.readTextFile(`${far}/slurm/001/tries/standard-seed2.txt`);
      assertEquals(tries, "failed 2\nfailed 2\n");
      const versions = `${far}/runs/standard-seed0/versions.json`;
      assert((await Deno.readTextFile(versions)).includes(Deno.version.deno));

      await Deno.remove(spoilt, { recursive: true });
      const again = await tandem(cluster, ...onCluster, "--wait");
      assertEquals(again.code, 0, again.stderr);
      assert(/^array \d+: 1 runs$/m.test(again.stdout), again.stdout);
      for (const name of ["table1.csv", "table1.json", "distances.csv", "summary.json"]) {
        const [one, other] = await Promise.all(
          [`${dir}/local`, far].map((folder) => Deno.readTextFile(`${folder}/${name}`)),
        );
        assertEquals(other, one, name);
      }
    }),
});
