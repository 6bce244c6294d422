import { parseStepLog } from "../../formats/run_folder/step_log.ts";

/** What of a step is shown. */
export interface FollowedStep {
  readonly step: number;
  readonly totalLoss: number;
  readonly seconds: number;
}

/** What a log holds by now. */
export interface FollowedLog {
  readonly steps: readonly FollowedStep[];
  /** When it was changed last, in ms since 1970; 0 where there is none. */
  readonly changed: number;
}

/** Follows the log of a run: of a log that grows, what is new alone is read. */
export class LogFollower {
  readonly #path: string;
  #read = 0;
  #lines = 0;
  #rest = new Uint8Array();
  #steps: FollowedStep[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Takes what was added. A log that was cut is read anew.
   *
   * @throws {RunFolderError} If a line holds something else than a step.
   */
  async look(): Promise<FollowedLog> {
    const info = await Deno.stat(this.#path).catch(() => undefined);
    const size = info?.size ?? 0;
    if (size < this.#read) {
      [this.#read, this.#lines, this.#rest, this.#steps] = [0, 0, new Uint8Array(), []];
    }
    if (size > this.#read) this.#take(await this.#added(size - this.#read));
    return { steps: this.#steps, changed: info?.mtime?.getTime() ?? 0 };
  }

  async #added(length: number): Promise<Uint8Array> {
    using file = await Deno.open(this.#path);
    await file.seek(this.#read, Deno.SeekMode.Start);
    const added = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const count = await file.read(added.subarray(filled));
      if (count === null) break;
      filled += count;
    }
    return added.subarray(0, filled);
  }

  /** Takes whole lines, and keeps what is not one yet. */
  #take(added: Uint8Array): void {
    this.#read += added.length;
    const bytes = new Uint8Array(this.#rest.length + added.length);
    bytes.set(this.#rest);
    bytes.set(added, this.#rest.length);
    const whole = bytes.lastIndexOf(10) + 1;
    const text = new TextDecoder().decode(bytes.subarray(0, whole));
    this.#rest = bytes.slice(whole);
    const steps = parseStepLog(text, this.#path, this.#lines);
    this.#lines += steps.length;
    for (const { step, totalLoss, seconds } of steps) {
      this.#steps.push({ step, totalLoss: totalLoss ?? 0, seconds });
    }
  }
}
