import { z } from "../../base/deps/zod.ts";
import { issueText } from "../../base/text/issue_text.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { writeAtomically, WriteError } from "../files/write_atomically.ts";
import { RunFolderError } from "./run_folder_error.ts";

const recordSchema = z.object({
  step: z.int().min(1),
  epoch: z.int().min(1),
  seconds: z.number(),
}).catchall(z.number());

/** One line of `log.jsonl`. */
export interface StepRecord {
  /** The step, from 1. */
  readonly step: number;
  /** The epoch, from 1. */
  readonly epoch: number;
  /** Wall time of the step. Only this and the heap's size differ from run to run. */
  readonly seconds: number;
  /** The losses, `learningRate`, and `heapBytes`: the backend's heap, the peak of this sitting so far. */
  readonly [name: string]: number;
}

/** What a step has to tell. */
export interface LoggedStep {
  /** The step, from 1. */
  readonly step: number;
  /** The epoch, from 1. */
  readonly epoch: number;
  /** The loss terms by name. */
  readonly losses: Readonly<Record<string, number>>;
  /** Wall time of the step. */
  readonly seconds: number;
  /** The learning rate of the step, where it is known. */
  readonly learningRate?: number | undefined;
  /** Size of the backend's heap in bytes, where it is known. */
  readonly heapBytes?: number | undefined;
}

/**
 * The log of a run, one JSON object a step. A line is with the operating system before the next
 * step begins, so that a killed process loses none.
 */
export class StepLog {
  readonly #path: string;
  readonly #file: Deno.FsFile;

  private constructor(path: string, file: Deno.FsFile) {
    this.#path = path;
    this.#file = file;
  }

  /**
   * Opens the log to go on after a step: later lines, and a last one that was cut short, are
   * dropped.
   *
   * @param step Steps that the log must hold, 0 for a new one.
   * @throws {RunFolderError} If one of the steps before is missing.
   * @throws {WriteError} If the disk refuses.
   */
  static async open(path: string, step: number): Promise<StepLog> {
    const records = step === 0 ? [] : (await readStepLog(path)).slice(0, step);
    records.forEach((record, i) => {
      if (record.step !== i + 1) throw missing(path, i + 1, step);
    });
    if (records.length < step) throw missing(path, records.length + 1, step);
    await writeAtomically(path, records.map((record) => JSON.stringify(record) + "\n").join(""));
    return new StepLog(path, await Deno.open(path, { append: true }));
  }

  /** Adds a step's line; throws WriteError if the disk refuses. */
  append({ step, epoch, losses, learningRate, seconds, heapBytes }: LoggedStep): void {
    const record: StepRecord = {
      step,
      epoch,
      ...losses,
      ...(learningRate !== undefined && { learningRate }),
      seconds,
      ...(heapBytes !== undefined && { heapBytes }),
    };
    this.#write(() => {
      const bytes = new TextEncoder().encode(JSON.stringify(record) + "\n");
      for (let written = 0; written < bytes.length;) {
        written += this.#file.writeSync(bytes.subarray(written));
      }
    });
  }

  /** Waits until all lines are on the disk; throws WriteError if it refuses. */
  sync(): void {
    this.#write(() => this.#file.syncDataSync());
  }

  /** Closes the file. */
  close(): void {
    this.#file.close();
  }

  #write(run: () => void): void {
    try {
      run();
    } catch (cause) {
      throw new WriteError(this.#path, { cause });
    }
  }
}

/**
 * The lines of a log, up to the first that is no whole JSON value (one that a killed process left
 * behind); none where there is no log.
 *
 * @throws {RunFolderError} If the file cannot be read, or a line holds something else than a step.
 */
export async function readStepLog(path: string): Promise<StepRecord[]> {
  let text;
  try {
    text = await Deno.readTextFile(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return [];
    throw new RunFolderError(`Cannot open ${path}: ${messageOf(cause)}`, { cause });
  }
  return parseStepLog(text, path);
}

/**
 * The steps of a log's whole lines, up to the first that is no JSON value.
 *
 * @param before Lines that come before them in the file.
 * @throws {RunFolderError} If a line holds something else than a step.
 */
export function parseStepLog(text: string, path: string, before = 0): StepRecord[] {
  const records: StepRecord[] = [];
  for (const [n, line] of text.split("\n").slice(0, -1).entries()) {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      break;
    }
    const { success, data, error } = recordSchema.safeParse(value);
    if (!success) {
      const detail = issueText(error.issues[0]!, value);
      throw new RunFolderError(`Cannot open ${path}: line ${before + n + 1}: ${detail}`);
    }
    records.push(data);
  }
  return records;
}

function missing(path: string, step: number, steps: number): RunFolderError {
  return new RunFolderError(
    `Cannot go on from step ${steps}: ${path} holds no line of step ${step} in its place`,
  );
}
