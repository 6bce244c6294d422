import { parseCsv, stringifyCsv } from "../../base/deps/std.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { writeAtomically } from "../files/write_atomically.ts";
import { RunFolderError } from "./run_folder_error.ts";

/** The scores of one validation. */
export interface ScoredEpoch {
  /** The epoch, from 1. */
  readonly epoch: number;
  /** Steps done by then. */
  readonly step: number;
  /** The learning rate by then, where it is known. */
  readonly learningRate?: number | undefined;
  /** Scores (0-1) by name. */
  readonly scores: Readonly<Record<string, number>>;
}

/** `metrics.csv`: one row a validation, with the epoch (from 1), step, learning rate, and each score (0-1). */
export class MetricsTable {
  readonly #path: string;
  #rows: Record<string, string | number>[];

  private constructor(path: string, rows: Record<string, string | number>[]) {
    this.#path = path;
    this.#rows = rows;
  }

  /**
   * Opens the table to go on after an epoch; rows of later epochs are dropped, since they will be
   * scored again.
   *
   * @param epoch Epochs done, 0 for a new table.
   * @throws {RunFolderError} If the file cannot be read, or its rows are not as long as its header.
   */
  static async open(path: string, epoch: number): Promise<MetricsTable> {
    const rows = await readMetrics(path);
    return new MetricsTable(path, rows.filter((row) => Number(row.epoch) <= epoch));
  }

  /**
   * Adds an epoch's row, in place of one that is there (an epoch can be scored again when a
   * finished run is resumed), and writes the table atomically.
   *
   * @throws {WriteError} If the disk refuses.
   */
  async add({ epoch, step, learningRate, scores }: ScoredEpoch): Promise<void> {
    this.#rows = this.#rows.filter((row) => Number(row.epoch) < epoch);
    const rate = learningRate === undefined ? {} : { learningRate };
    const row = { epoch, step, ...rate, ...scores };
    this.#rows.push(row);
    // A class that nobody drew has a score only while it is segmented.
    const columns = [...new Set([row, ...this.#rows].flatMap((one) => Object.keys(one)))];
    const rows = this.#rows.map((one) =>
      Object.fromEntries(columns.map((name) => [name, one[name] ?? ""]))
    );
    await writeAtomically(this.#path, stringifyCsv(rows, columns));
  }
}

/**
 * The rows of a table, cells as texts by the names of their columns; none where there is no such file.
 *
 * @throws {RunFolderError} If the file cannot be read, or its rows are not as long as its header.
 */
export async function readMetrics(path: string): Promise<Record<string, string>[]> {
  try {
    const text = await Deno.readTextFile(path);
    return text === "" ? [] : parseCsv(text);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return [];
    throw new RunFolderError(`Cannot open ${path}: ${messageOf(cause)}`, { cause });
  }
}
