import { parseArgs } from "node:util";

/** What to fuzz. */
export interface FuzzOptions {
  /** Names of targets; empty: all. */
  readonly only: readonly string[];
  readonly seed: number;
  /** Inputs in all, divided over the targets. */
  readonly inputs: number;
  /** The one input to show in full. */
  readonly index: number | undefined;
  /** Where to write that input. */
  readonly write: string | undefined;
  /** Print the table as Markdown. */
  readonly markdown: boolean;
}

/** What `--help` says. */
export const USAGE = `Fuzzes the readers of Tandem: deno task fuzz [options]

  --only NAME,..  these targets alone (--list names them)
  --seed N        seed of all inputs (default 1)
  --inputs N      inputs in all, divided over the targets (default 50000)
  --case N        one input of one target alone, shown with what comes of it
  --write FILE    with --case: writes that input to a file
  --list          names the targets
  --markdown      the table as RESULTS.md has it

Valid inputs are spoilt, and every reader has to give a result or an error that names the file: no
engine's own error, no 5 seconds, no more than twice the memory that the input needs. Exits with 1
where one does not; the first inputs of each kind of fault are named, to be looked at by --case.`;

/**
 * Reads the command line.
 *
 * @throws {TypeError} If an option is unknown.
 * @throws {RangeError} If a value is out of range.
 */
export function parseFuzzOptions(args: readonly string[]): FuzzOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", default: "" },
      seed: { type: "string", default: "1" },
      inputs: { type: "string", default: "50000" },
      case: { type: "string" },
      write: { type: "string" },
      markdown: { type: "boolean", default: false },
    },
  });
  const only = values.only.split(",").filter((name) => name !== "");
  if (values.case !== undefined && only.length !== 1) {
    throw new RangeError(`Cannot show --case ${values.case}: wanted one target by --only`);
  }
  return {
    only,
    seed: whole("--seed", values.seed, 0),
    inputs: whole("--inputs", values.inputs, 1),
    index: values.case === undefined ? undefined : whole("--case", values.case, 0),
    write: values.write,
    markdown: values.markdown,
  };
}

function whole(option: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new RangeError(`Cannot use ${option} ${text}: wanted a whole number from ${least}`);
}
