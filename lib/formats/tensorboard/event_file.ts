import { WriteError } from "../files/write_atomically.ts";
import { encodeEvent, FILE_VERSION, type ScalarEvent, type Scalars } from "./event.ts";
import { frameRecord } from "./records.ts";
import { placedEvents } from "./read_events.ts";

/** How an event file is opened. */
export interface EventFileOptions {
  /** Steps to keep: what is there of later ones is cut off. With 0, the file begins anew. */
  readonly step: number;
  /** Tells the time of events, in seconds since 1970. */
  readonly clock: () => number;
}

/**
 * An event file of TensorBoard that scalars are added to, a step after another. An event is with
 * the operating system once it is added, so that a killed process loses none.
 *
 * @example
 * ```ts
 * import { EventFile } from "./event_file.ts";
 * import { readEvents } from "./read_events.ts";
 *
 * const dir = await Deno.makeTempDir();
 * // TensorBoard takes every file whose name holds "tfevents".
 * const path = `${dir}/events.out.tfevents.example`;
 * const file = EventFile.open(path, { step: 0, clock: () => 1.7e9 });
 * file.append(1, { "loss/total": 0.5 });
 * file.close();
 * const [version, first] = await readEvents(path);
 * if (version?.fileVersion !== "brain.Event:2") throw new Error();
 * if (first?.step !== 1 || first.scalars["loss/total"] !== 0.5) throw new Error();
 * await Deno.remove(dir, { recursive: true });
 * ```
 */
export class EventFile {
  readonly #path: string;
  readonly #file: Deno.FsFile;
  readonly #clock: () => number;
  /** The last step of each tag. */
  readonly #steps = new Map<string, number>();

  private constructor(path: string, file: Deno.FsFile, clock: () => number) {
    this.#path = path;
    this.#file = file;
    this.#clock = clock;
  }

  /**
   * Opens a file to go on after a step, or makes a new one. It is cut off in its place and not
   * replaced, so that a TensorBoard that is looking on sees what comes.
   *
   * @throws {WriteError} If the file cannot be opened, or the disk refuses.
   * @throws {EventFileError} If the file holds other things than events.
   */
  static open(path: string, { step, clock }: EventFileOptions): EventFile {
    let handle;
    try {
      handle = Deno.openSync(path, { write: true, create: true, truncate: step === 0 });
    } catch (cause) {
      throw new WriteError(path, { cause });
    }
    const file = new EventFile(path, handle, clock);
    try {
      file.#cutAfter(step);
      return file;
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /**
   * Adds the scalars of a step. A tag that has this step or a later one already keeps what it has:
   * what a resumed run tells again is not there twice.
   *
   * @throws {RangeError} If the step is no integer from 0.
   * @throws {WriteError} If the disk refuses. What was written of the event ends the file for a
   * reader, so that it has to be opened anew before more is added.
   */
  append(step: number, scalars: Scalars): void {
    const fresh = Object.entries(scalars).filter(([tag]) => (this.#steps.get(tag) ?? -1) < step);
    if (fresh.length === 0) return;
    this.#write({ wallTime: this.#clock(), step, scalars: Object.fromEntries(fresh) });
    for (const [tag] of fresh) this.#steps.set(tag, step);
  }

  /** Closes the file. */
  close(): void {
    this.#file.close();
  }

  #cutAfter(step: number): void {
    const length = step === 0 ? 0 : this.#lengthTo(step);
    if (step > 0) {
      this.#attempt(() => {
        this.#file.truncateSync(length);
        this.#file.seekSync(length, Deno.SeekMode.Start);
      });
    }
    if (length > 0) return;
    this.#write({ wallTime: this.#clock(), step: 0, fileVersion: FILE_VERSION, scalars: {} });
  }

  /** Bytes of the events up to a step; remembers the last step of each of their tags. */
  #lengthTo(step: number): number {
    let length = 0;
    const bytes = this.#attempt(() => Deno.readFileSync(this.#path));
    for (const { event, end } of placedEvents(bytes, this.#path)) {
      if (event.step > step) break;
      for (const tag of Object.keys(event.scalars)) this.#steps.set(tag, event.step);
      length = end;
    }
    return length;
  }

  #write(event: ScalarEvent): void {
    const bytes = frameRecord(encodeEvent(event));
    this.#attempt(() => {
      for (let written = 0; written < bytes.length;) {
        written += this.#file.writeSync(bytes.subarray(written));
      }
    });
  }

  #attempt<T>(run: () => T): T {
    try {
      return run();
    } catch (cause) {
      throw new WriteError(this.#path, { cause });
    }
  }
}
