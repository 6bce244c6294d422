/** What a challenge asks of a model, whatever kind it is. */

/** A volume to be segmented. */
export interface ChallengeCase {
  /** `SET/CASE`, as the suite's list has it. */
  readonly id: string;
  /** The name of the set it belongs to. */
  readonly set: string;
  /** A file a channel. */
  readonly images: readonly [string, ...string[]];
  /** Where its segmentation goes, from the folder of the model's predictions on. */
  readonly place: string;
}

/** Something that went wrong, and was passed over. */
export interface ChallengeFailure {
  /** The model's name. */
  readonly model: string;
  /** The case or set. */
  readonly what: string;
  /** Why it failed, for a person. */
  readonly message: string;
}

/** What a model is run with. */
export interface ModelWork {
  /** All cases that have no segmentation yet. */
  readonly cases: readonly ChallengeCase[];
  /** The folder of the model's predictions, which exists. */
  readonly folder: string;
  /** The list of all cases, `cases.json`. */
  readonly list: string;
  /** Where a program's words go, which exists. */
  readonly logs: string;
  /** Threads that the model may take, 1 to 64. */
  readonly threads: number;
  /** Is told how many of the cases are done, the one under way as a fraction. */
  readonly onDone: (done: number) => void;
  /** Is told what a person should know, a line each. */
  readonly onNotice: (line: string) => void;
  /** Aborted to end the work; what is written stays. */
  readonly stop?: AbortSignal | undefined;
}

/** A model that is known to be there. */
export interface ChallengeModel {
  /** By which tables and folders tell it apart: letters, digits, `_`, `-` and `.`. */
  readonly name: string;
  /** What it is, told in tables: a file, a folder, or a command. */
  readonly source: string;
  /** What tells it from another one of the name: of a file, a hash of its bytes. */
  readonly identity: string;
  /**
   * Segments cases. What cannot be done is told, and the others are done.
   *
   * @throws {DOMException | unknown} The reason of `stop`, once it is aborted.
   */
  run(work: ModelWork): Promise<Omit<ChallengeFailure, "model">[]>;
}
