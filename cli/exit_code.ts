import { HELD_EXIT } from "../lib/names.ts";

/** What a command's exit code says; `held` that of `study run` alone: another process has the run. */
export const EXIT = {
  ...{ done: 0, failure: 1, usage: 2, badData: 3, held: HELD_EXIT, interrupted: 130 },
} as const;

/** A command line that makes no sense although each option alone does. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Ends a command that has said what it had to say with an exit code. */
export class ExitError extends Error {
  override readonly name = "ExitError";

  constructor(readonly exitCode: number) {
    super(`exit ${exitCode}`);
  }
}

/** By name, so that telling an exit code needs no module that defines the class. */
const BY_NAME: Readonly<Record<string, number>> = {
  UsageError: EXIT.usage,
  ConfigError: EXIT.usage,
  RunExistsError: EXIT.usage,
  OutputPathError: EXIT.usage,
  ClaimError: EXIT.usage,
  ArtifactRequestError: EXIT.usage,
  NoCardError: EXIT.usage,
  AddrInUse: EXIT.usage,
  RunFolderError: EXIT.badData,
  CheckpointError: EXIT.badData,
  SafetensorsError: EXIT.badData,
  PyTorchError: EXIT.badData,
  WeightsError: EXIT.badData,
  BatchError: EXIT.badData,
  DatasetError: EXIT.badData,
  TaskMismatchError: EXIT.badData,
  LabelCodeError: EXIT.badData,
  SuiteManifestError: EXIT.badData,
  NiftiError: EXIT.badData,
  DicomError: EXIT.badData,
  StudyError: EXIT.badData,
  // the cluster's, not the study's: the same command may do another time
  SlurmError: EXIT.failure,
  ChallengeError: EXIT.badData,
  OnnxError: EXIT.badData,
  GoldenError: EXIT.badData,
  MlflowError: EXIT.badData,
  AbortError: EXIT.interrupted,
};

/** The exit code of an error: 2 usage or configuration, 3 bad data, 1 anything else. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof Error)) return EXIT.failure;
  // A file that could not be written says nothing about the data.
  if ((error as { code?: unknown }).code === "write") return EXIT.failure;
  return BY_NAME[error.name] ?? EXIT.failure;
}

/** Characters of a line that are shown: more is not read, and hides what was said before. */
const MOST_TEXT = 4000;

/** An error as one line, cut where it is very long; the whole trace where it is asked for. */
export function describeError(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return `error: ${String(error)}`;
  if (debug) return error.stack ?? String(error);
  const line = error.message.replaceAll(/\s*\n\s*/g, " ");
  if (line.length <= MOST_TEXT) return `error: ${line}`;
  return `error: ${line.slice(0, MOST_TEXT)}… (${line.length} characters; --debug shows all)`;
}
