import { callSlurm, clusterFacts, SlurmError } from "./slurm_program.ts";
import type { KeptSubmission } from "./submission.ts";

/** What Slurm says of the job of a run. */
export interface QueuedJob {
  /** Its number, as `12_3`. */
  readonly id: string;
  /** Slurm's word for its state, as PENDING. */
  readonly state: string;
  /** What the state comes to: it has a node, it waits for one, or it is over. */
  readonly kind: "running" | "waiting" | "ended";
  /** The node that it runs, or ran, on. */
  readonly node?: string;
  /** What is left of its time limit, as Slurm writes it. */
  readonly limitLeft?: string;
  /** Why it waits. */
  readonly reason?: string;
}

/** The queue as far as it is about a study. */
export interface StudyQueue {
  /** The latest job of each run that Slurm knows of, by the run's name. */
  readonly runs: ReadonlyMap<string, QueuedJob>;
  /** The numbers of all jobs and arrays that have not ended, those that write tables included. */
  readonly alive: readonly string[];
  /** The job that writes tables and page, while it has not ended. */
  readonly report?: QueuedJob | undefined;
  /** The cluster that answered. */
  readonly cluster: string;
}

const RUNNING = new Set(
  ["RUNNING", "COMPLETING", "CONFIGURING", "SUSPENDED", "STOPPED", "SIGNALING", "STAGE_OUT"]
    .concat("RESIZING"),
);

const WAITING = new Set(
  ["PENDING", "REQUEUED", "REQUEUE_HOLD", "REQUEUE_FED", "SPECIAL_EXIT", "RESV_DEL_HOLD"],
);

/**
 * Asks Slurm for the jobs of submissions, by the name that they alone have; of those that ended long
 * ago, where the cluster keeps accounts.
 *
 * @throws {SlurmError} If Slurm does not answer.
 */
export async function askQueue(submissions: readonly KeptSubmission[]): Promise<StudyQueue> {
  const { name: cluster, accounting } = await clusterFacts();
  const here = submissions.filter((one) => one.cluster === cluster);
  const runs = new Map<string, QueuedJob>(), alive = new Set<string>();
  if (here.length === 0) return { runs, alive: [], cluster };
  const names = here.map(({ name }) => name).join(",");
  const { ok, text, complaint } = await callSlurm("squeue", [
    ...["--noheader", "--array", "--states=all", `--name=${names}`],
    "--format=%F|%K|%j|%T|%N|%L|%r",
  ]);
  if (!ok) throw new SlurmError(`Cannot ask Slurm for its queue: ${complaint}`);
  let report: QueuedJob | undefined;
  const take = (fields: readonly string[], ended: boolean) => {
    const [id, element, name, state, node, limitLeft, reason] = fields;
    if (id === undefined || state === undefined) return;
    const submission = here.find((one) => one.name === name);
    const kind = ended ? "ended" : kindOf(state);
    const job: QueuedJob = {
      ...{ id, state, kind },
      ...node && { node },
      ...kind === "running" && limitLeft && { limitLeft },
      ...kind === "waiting" && reason && reason !== "None" && { reason },
    };
    if (submission?.report === id) {
      if (kind !== "ended") report = job, alive.add(id);
      return;
    }
    const run = submission?.arrays.find((one) => one.id === id)?.runs[Number(element)];
    if (run === undefined) return;
    if (kind !== "ended") alive.add(id);
    // one that is alive says more than one that has ended, a later one more than an earlier one
    const before = runs.get(run);
    if (before === undefined || before.kind === "ended") {
      runs.set(run, { ...job, id: `${id}_${element}` });
    }
  };
  if (accounting) { for (const fields of await accounts(here)) take(fields, true); }
  for (const line of text.split("\n")) take(line.trim().split("|"), false);
  return { runs, alive: [...alive], report, cluster };
}

function kindOf(state: string): QueuedJob["kind"] {
  return RUNNING.has(state) ? "running" : WAITING.has(state) ? "waiting" : "ended";
}

/** What `sacct` keeps of elements that have ended, in the order of the fields of `squeue`. */
async function accounts(submissions: readonly KeptSubmission[]): Promise<string[][]> {
  const names = new Map(
    submissions.flatMap(({ name, arrays }) => arrays.map(({ id }) => [id, name] as const)),
  );
  if (names.size === 0) return [];
  const { ok, text } = await callSlurm("sacct", [
    ...["--noheader", "--parsable2", "--allocations", `--jobs=${[...names.keys()].join(",")}`],
    "--format=JobID,JobName,State,NodeList",
  ]).catch(() => ({ ok: false, text: "" }));
  if (!ok) return [];
  return text.split("\n").flatMap((line) => {
    const [job, name, state, node] = line.split("|");
    const [, id, element] = /^(\d+)_(\d+)$/.exec(job ?? "") ?? [];
    const word = state?.split(" ")[0];
    // numbers come again: the name has to be the same as well
    if (id === undefined || element === undefined || names.get(id) !== name || !word) return [];
    if (kindOf(word) !== "ended") return [];
    return [[id, element, name!, word, node?.startsWith("None") ? "" : node ?? "", "", ""]];
  });
}
