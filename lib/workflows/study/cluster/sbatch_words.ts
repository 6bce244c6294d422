import { ConfigError } from "../../../base/config/config_error.ts";
import { messageOf } from "../../../base/text/message_of.ts";
import { shellWords } from "../../../base/text/shell_words.ts";

/** Options of sbatch that a submission sets by itself. */
const TAKEN = [
  ...["array", "dependency", "job-name", "output", "error", "chdir", "requeue", "no-requeue"],
  ...["open-mode", "parsable", "wrap", "wait", "test-only", "export-file", "clusters"],
];

/** Options of their own whose names begin as those do. */
const OTHERS = ["export"];

/** The same as letters. */
const TAKEN_LETTERS = "adJoeDWM";

/** Seconds before its time limit at which a job is asked to end. */
const SECONDS_TO_SAVE = 120;

/** What a person asks of sbatch. */
export interface SbatchWords {
  readonly words: readonly string[];
  readonly secondsToSave: number;
  /** Whether they say how many cores a job has. */
  readonly saysCores: boolean;
  /** Whether they say which graphics cards a job has. */
  readonly saysCards: boolean;
}

/**
 * The words of `--sbatch`, split as a shell would and without one.
 *
 * @throws {ConfigError} If a quote is open, a word is no option, or an option is one that a submission
 * sets by itself.
 */
export function sbatchWords(text: string): SbatchWords {
  let words: string[];
  try {
    words = shellWords(text);
  } catch (cause) {
    throw refusal(text, messageOf(cause), cause);
  }
  if (words.length > 0 && !words[0]!.startsWith("-")) {
    throw refusal(text, `${words[0]} is no option; wanted some as --partition=NAME --time=4:00:00`);
  }
  let secondsToSave = SECONDS_TO_SAVE;
  for (const word of words) {
    const [, name] = /^--([\w-]+)/.exec(word) ?? [], letter = /^-(\w)/.exec(word)?.[1];
    if (word === "--") throw refusal(text, "-- ends options");
    if (name !== undefined && "signal".startsWith(name)) {
      const [, seconds] = /^--signal=B:TERM@(\d{1,5})$/.exec(word) ?? [];
      if (seconds === undefined) throw refusal(text, `${word}: wanted --signal=B:TERM@SECONDS`);
      secondsToSave = Number(seconds);
    }
    // sbatch takes the beginning of a name for the name
    const taken = name !== undefined && !OTHERS.includes(name) &&
      TAKEN.some((own) => own.startsWith(name));
    if (!taken && !(letter && TAKEN_LETTERS.includes(letter))) continue;
    throw refusal(text, `${word} is set by tandem itself`);
  }
  const saysCores = words.some((word) => /^(-c|--cpus-per-task)/.test(word));
  const saysCards = words.some((word) => /^(-G|--gres|--gpus|--tres-per-|--exclusive)/.test(word));
  const kept = words.filter((word) => !word.startsWith("--signal"));
  return { words: kept, secondsToSave, saysCores, saysCards };
}

function refusal(text: string, why: string, cause?: unknown): ConfigError {
  return new ConfigError("sbatch", `Cannot use --sbatch "${text}": ${why}`, { cause });
}
