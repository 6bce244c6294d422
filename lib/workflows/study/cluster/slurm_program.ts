import { inOneLine } from "../../../base/text/in_one_line.ts";
import { messageOf } from "../../../base/text/message_of.ts";

/** Milliseconds that an answer may take. */
const MOST_TIME = 100_000;

/** Slurm that is not there, refuses, or says what cannot be understood. */
export class SlurmError extends Error {
  /** Its class by name. */
  override readonly name = "SlurmError";
}

/** What a program of Slurm's answered. */
export interface SlurmAnswer {
  readonly ok: boolean;
  readonly text: string;
  /** What it said of errors, in one line. */
  readonly complaint: string;
}

/**
 * Calls one of Slurm's programs, without a shell.
 *
 * @throws {SlurmError} If it is not on this machine, may not be started, or does not answer.
 */
export async function callSlurm(program: string, args: readonly string[]): Promise<SlurmAnswer> {
  const signal = AbortSignal.timeout(MOST_TIME);
  try {
    // nothing here asks a person for a permission
    const { state } = await Deno.permissions.query({ name: "run", command: program });
    if (state === "denied") throw new Error("programs may not be run (--allow-run)");
    const { success, stdout, stderr } = await new Deno.Command(program, {
      args: [...args],
      // times and words as they are in the manual, whatever a person has set
      env: { LC_ALL: "C", SLURM_TIME_FORMAT: "standard" },
      ...{ stdin: "null", stdout: "piped", stderr: "piped", signal },
    }).output();
    if (signal.aborted) throw new Error(`no answer in ${MOST_TIME / 1000} s`);
    const decoder = new TextDecoder();
    return {
      ok: success,
      text: decoder.decode(stdout),
      complaint: inOneLine(decoder.decode(stderr)).trim(),
    };
  } catch (cause) {
    const why = cause instanceof Deno.errors.NotFound
      ? "it is not on this machine; wanted a login node of the cluster"
      : messageOf(cause);
    throw new SlurmError(`Cannot call Slurm's ${program}: ${why}`, { cause });
  }
}

/** What the cluster is, and what it allows. */
export interface ClusterFacts {
  readonly name: string;
  /** Elements of an array at the most. */
  readonly maxArraySize: number;
  /** Whether `sacct` can tell of jobs that have ended. */
  readonly accounting: boolean;
}

/**
 * Asks the cluster for its name and limits.
 *
 * @throws {SlurmError} If it does not answer.
 */
export async function clusterFacts(): Promise<ClusterFacts> {
  const { ok, text, complaint } = await callSlurm("scontrol", ["show", "config"]);
  if (!ok) throw new SlurmError(`Cannot ask Slurm for its configuration: ${complaint}`);
  const value = (key: string) => new RegExp(`^${key}\\s*=\\s*(.*?)\\s*$`, "m").exec(text)?.[1];
  const most = Number(value("MaxArraySize"));
  const accounting = value("AccountingStorageType");
  return {
    name: value("ClusterName") ?? "",
    maxArraySize: Number.isSafeInteger(most) && most > 0 ? most : 1001,
    accounting: accounting !== undefined && !/none|\(null\)/.test(accounting),
  };
}
