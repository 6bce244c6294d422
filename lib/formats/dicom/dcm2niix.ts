import type { Dcm2niixWork } from "./dcm2niix_worker.ts";
import { DicomError } from "./dicom_error.ts";
import { dicomTools } from "./dicom_tools.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { WorkerClient } from "../../base/workers/worker_client.ts";

/** A DICOM file's bytes, and the path that messages tell. */
export interface DicomContent {
  readonly path: string;
  readonly data: Uint8Array;
}

/** What dcm2niix made of files. */
export interface Conversion {
  readonly exitCode: number;
  /** All that it printed. */
  readonly lines: readonly string[];
  /** Its NIfTI files by what their names add to a common stem (as "_e2"), each with its sidecar's text. */
  readonly images: readonly {
    readonly suffix: string;
    readonly nifti: Uint8Array;
    readonly sidecar?: string;
  }[];
}

/** What the program's files begin with. */
const STEM = "image";

/** Bytes of one series at most: the program's memory ends at 2 GiB. */
const MOST_BYTES = 2 ** 30;

/** Seconds that a run may take on top of its fixed time. */
const SECONDS_PER_MEGABYTE = 0.5;

/**
 * dcm2niix (Li et al., J Neurosci Methods 2016) in a thread of its own, started at the first run. Make
 * one by `using`, or dispose of it.
 */
export class Dcm2niix implements Disposable {
  readonly #seconds: number;
  #worker: WorkerClient<Dcm2niixWork> | undefined;

  /** @param seconds That a run may take, besides half a second for each megabyte. */
  constructor(seconds = 30) {
    this.#seconds = seconds;
  }

  /**
   * Converts files of one series. The sidecars hold no name or birthday (BIDS, `-ba y`).
   *
   * @param files Contents of DICOM files, sorted.
   * @param name What they are called in messages.
   * @throws {DicomError} "memory" if they hold more than 1 GiB, "time" if no end was seen, "load" if
   * dcm2niix may not be read from where packages are kept, "convert" if it crashes.
   */
  async convert(files: readonly DicomContent[], name: string): Promise<Conversion> {
    const bytes = files.reduce((sum, { data }) => sum + data.length, 0);
    if (bytes > MOST_BYTES) {
      throw new DicomError(
        "memory",
        `Cannot make NIfTI of ${name}: it holds ${bytes} bytes, wanted at most ${MOST_BYTES} a series`,
      );
    }
    const seconds = this.#seconds + SECONDS_PER_MEGABYTE * bytes / 1e6;
    const reply = await this.#run(files, seconds, name);
    const written = new Map(reply.files.map(({ name, data }) => [name, data]));
    const images = [...written].filter(([name]) => name.endsWith(".nii")).map(([name, nifti]) => {
      const stem = name.slice(0, -".nii".length);
      const sidecar = written.get(`${stem}.json`);
      return {
        suffix: stem.slice(STEM.length),
        nifti,
        ...sidecar === undefined ? {} : { sidecar: new TextDecoder().decode(sidecar) },
      };
    });
    const lines = reply.lines.map((line) =>
      line.replace(/\/input\/(\d+)\.dcm/g, (_, n) => files[Number(n)]?.path ?? _)
    );
    return { exitCode: reply.exitCode, lines, images };
  }

  /** Ends the thread. */
  [Symbol.dispose](): void {
    this.#worker?.[Symbol.dispose]();
    this.#worker = undefined;
  }

  async #run(
    files: readonly DicomContent[],
    seconds: number,
    name: string,
  ): Promise<Dcm2niixWork["result"]> {
    this.#worker ??= new WorkerClient<Dcm2niixWork>(dicomTools().worker, undefined);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this[Symbol.dispose]();
    }, seconds * 1000);
    try {
      return await this.#worker.ask({
        files: files.map(({ data }, n) => ({ name: `${String(n).padStart(6, "0")}.dcm`, data })),
        args: ["-b", "y", "-z", "n", "-f", STEM],
      });
    } catch (cause) {
      // after a crash its memory may be spoilt: the next run starts anew
      this[Symbol.dispose]();
      const text = messageOf(cause);
      if (late) {
        throw new DicomError(
          "time",
          `Cannot make NIfTI of ${name}: dcm2niix took over ${seconds} s`,
        );
      }
      throw text.includes("read access")
        ? new DicomError("load", `Cannot load dcm2niix to convert ${name}: ${text}`, { cause })
        : new DicomError("convert", `Cannot make NIfTI of ${name}: dcm2niix failed (${text})`, {
          cause,
        });
    } finally {
      clearTimeout(timer);
    }
  }
}
