/** What of the command line says what a study compares, and on what. */
import { type DeviceName, LAYOUT_NAMES, type LayoutName } from "../lib/names.ts";
import type { GivenTest, PartialConfig, PlanOptions } from "../mod.ts";
import { InvalidArgumentError } from "./deps/commander.ts";
import { wholeNumber } from "./option_values.ts";

/** The options of `tandem study` that say what is planned. */
export interface PlanFlags extends Pick<PlanOptions, "methods" | "seeds" | "splits" | "folds"> {
  readonly preset?: string | undefined;
  readonly data?: string | undefined;
  readonly layout?: LayoutName | "auto" | undefined;
  readonly cache?: string | undefined;
  readonly device?: DeviceName | undefined;
  readonly track?: string | undefined;
  readonly test: readonly GivenTest[];
  readonly trainingSubjects?: readonly (number | null)[] | undefined;
  readonly maxSteps?: number | undefined;
  readonly configPreset?: string | undefined;
  readonly set: readonly string[];
}

/** What a study is planned by. */
export function planOptions(
  flags: { [K in keyof PlanFlags]: PlanFlags[K] | undefined },
): PlanOptions {
  const { preset, methods, seeds, splits, folds, trainingSubjects, maxSteps, configPreset } = flags;
  const given = <T extends object>(values: T) =>
    Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
      [K in keyof T]: Exclude<T[K], undefined>;
    };
  return {
    ...given({ preset, methods, seeds, splits, folds, trainingSubjects, maxSteps, configPreset }),
    tests: flags.test ?? [],
    set: flags.set ?? [],
    settings: {
      data: given({ dir: flags.data, layout: flags.layout, cache: flags.cache }),
      ...(flags.device && { training: { device: flags.device } }),
      ...(flags.track && { tracking: { mlflow: flags.track } }),
    },
  };
}

/** The settings of all runs that options of `tandem study` make, absent where one is not given. */
export function settingsGiven(flags: Parameters<typeof planOptions>[0]): PartialConfig {
  const { settings = {}, maxSteps, folds } = planOptions(flags);
  const { data, training, tracking } = settings;
  return {
    ...tracking && { tracking },
    data: { ...data, ...folds !== undefined && { folds } },
    training: { ...training, ...maxSteps !== undefined && { maxSteps } },
  };
}

/** Words set apart by commas, from an option's text. */
export function words(text: string): string[] {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.includes("")) throw new InvalidArgumentError("Wanted words set apart by commas.");
  return parts;
}

/** Whole numbers, set apart by commas. */
export function numbers(text: string): number[] {
  return words(text).map(wholeNumber(0));
}

/** Numbers of subjects, `all` for null, set apart by commas. */
export function subjectCounts(text: string): (number | null)[] {
  return words(text).map((part) => part === "all" ? null : wholeNumber(1)(part));
}

/** One more data set to test on: `NAME=DIR`, or with its layout `NAME=DIR:LAYOUT`. */
export function collectTests(text: string, earlier: GivenTest[]): GivenTest[] {
  const [, name, place] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || place === undefined) throw wrongTest();
  // a drive's letter has a colon, too
  const [, dir, layout] = /^(.{2,}):(\w+)$/.exec(place) ?? [];
  if (dir === undefined || layout === undefined) return [...earlier, { name, dir: place }];
  const known = ["auto" as const, ...LAYOUT_NAMES].find((candidate) => candidate === layout);
  if (known === undefined) throw wrongTest();
  return [...earlier, { name, dir, layout: known }];
}

function wrongTest() {
  return new InvalidArgumentError(
    `Wanted NAME=DIR, or NAME=DIR:LAYOUT, the layout being auto, ${LAYOUT_NAMES.join(", ")}.`,
  );
}
