/** What `dataset.json` says in the data sets of nnU-Net and of the Medical Segmentation Decathlon. */
import type { DraftCase } from "./assemble.ts";
import { guessNotice, guessSubjects } from "./guess_subjects.ts";
import { uniqueNames } from "./written_names.ts";
import type { Task, TaskLabel, TaskRegion } from "../../../base/task/task.ts";
import { z } from "../../../base/deps/zod.ts";

/** The name of the file. */
export const DATASET_JSON = "dataset.json";

const code = z.number().int();

/** Channels by number: `{"0": "T2"}`. */
export const channelsSchema = z.record(
  z.string().regex(/^\d+$/, "wanted numbers from 0 as keys"),
  z.string(),
);

/** Labels as names of codes (`{"kidney": 1}`, a list for a region), or codes of names (`{"1": "kidney"}`). */
export const labelsSchema = z.union([
  z.record(z.string(), z.union([code, z.array(code).min(1)])),
  z.record(z.string().regex(/^-?\d+$/, "wanted codes as keys"), z.string()),
]);

/** What Tandem adds to a case, so that a data set that it wrote is read as it was; others ignore it. */
export const identitySchema = z.object({
  id: z.string().min(1).optional(),
  subject: z.string().min(1).optional(),
  frame: z.string().min(1).optional(),
  domain: z.string().min(1).optional(),
  part: z.enum(["train", "test"]).optional(),
});

/** See {@linkcode identitySchema}. */
export type Identity = z.infer<typeof identitySchema>;

/** The channels of {@linkcode channelsSchema} in the order of their numbers. */
export function channelsOf(channels: z.infer<typeof channelsSchema>): Task["channels"] {
  const names = Object.entries(channels).sort(([a], [b]) => Number(a) - Number(b));
  return uniqueNames(names.map(([n, name]) => name.trim() || `channel ${n}`)).map((name) => ({
    name,
  }));
}

/** Channels as {@linkcode channelsOf} reads them. */
export function writtenChannels({ channels }: Task): Record<string, string> {
  return Object.fromEntries(channels.map(({ name }, n) => [String(n), name]));
}

/**
 * Labels in the order of their codes, background first. The name "ignore" is not a label but the code
 * of what nobody labelled. Where a name has several codes, names are regions that may overlap: then
 * the labels are their exclusive parts, and the regions are kept beside them.
 *
 * @param problems Is told where no label has the code 0.
 */
export function labelsOf(
  labels: z.infer<typeof labelsSchema>,
  problems: string[],
): Pick<Task, "labels" | "ignore" | "regions"> {
  const entries = Object.entries(labels).map(([key, value]) =>
    typeof value === "string"
      ? { name: value, codes: [Number(key)] }
      : { name: key, codes: [value].flat() }
  );
  const ignore = entries.find(({ name }) => name === "ignore")?.codes[0];
  const named = entries.filter(({ name }) => name !== "ignore");
  const background = named.find(({ codes }) => codes.includes(0));
  if (background === undefined) problems.push(`labels has no background, wanted a name for 0`);
  if (named.length < 2) {
    problems.push(`labels names ${named.length} label, wanted background and more`);
  }
  const foreground = named.filter((label) => label !== background)
    .sort((a, b) => a.codes[0]! - b.codes[0]!);
  const { parts, regions } = foreground.some(({ codes }) => codes.length > 1)
    ? exclusiveParts(named.filter((label) => label !== background))
    : { parts: foreground, regions: undefined };
  return {
    labels: [background ?? { name: "background", codes: [0] }, ...parts],
    ...(ignore !== undefined && { ignore }),
    ...(regions !== undefined && { regions }),
  };
}

/** A name of codes. */
interface Region {
  readonly name: string;
  readonly codes: readonly number[];
}

/** Whether a region is a part of another, and less than it. */
function liesIn(inner: Region, outer: Region): boolean {
  return inner.codes.length < outer.codes.length &&
    inner.codes.every((value) => outer.codes.includes(value));
}

/** Codes that lie in the same regions are one part; the smallest of these regions names it. */
function exclusiveParts(
  regions: readonly Region[],
): { parts: TaskLabel[]; regions: TaskRegion[] } {
  const codes = [...new Set(regions.flatMap((region) => region.codes))].sort((a, b) => a - b);
  const holding = (value: number) => regions.filter((region) => region.codes.includes(value));
  const groups = [
    ...Map.groupBy(codes, (value) => holding(value).map(({ name }) => name).join("\n")).values(),
  ];
  const names = groups.map((own) => {
    const around = holding(own[0]!);
    const innermost = around.filter((region) => !around.some((other) => liesIn(other, region)));
    const name = innermost.map((region) => region.name).join(" and ");
    const shared = codes.filter((value) =>
      innermost.every((region) => region.codes.includes(value))
    );
    if (shared.length === own.length) return name;
    const others = regions.filter((region) =>
      !around.includes(region) && region.codes.some((value) => shared.includes(value))
    );
    const outermost = others.filter((region) => !others.some((other) => liesIn(region, other)));
    return `${name} without ${outermost.map((region) => region.name).join(" and ")}`;
  });
  const parts = uniqueNames(names).map((name, n) => ({ name, codes: groups[n]! }));
  return {
    parts,
    regions: regions.map(({ name, codes: own }) => ({
      name,
      classes: parts.flatMap((part, n) => own.includes(part.codes[0]!) ? [n + 1] : []),
    })),
  };
}

/** Labels as {@linkcode labelsOf} reads them, each with the code that is written for it. */
export function writtenLabels(
  { labels, ignore, regions }: Task,
): Record<string, number | number[]> {
  const codes = labels.map((label) => label.codes[0]);
  const named = regions === undefined
    ? labels.slice(1).map(({ name }, n) => [name, codes[n + 1]])
    : regions.map(({ name, classes }) => {
      const own = classes.map((index) => codes[index]!);
      return [name, own.length === 1 ? own[0] : own];
    });
  return Object.fromEntries([
    ["background", codes[0]],
    ...named,
    ...(ignore === undefined ? [] : [["ignore", ignore]]),
  ]);
}

/** Subjects, frames and ids of cases: as they are told, else guessed from the cases' names. */
export function identify(
  names: readonly string[],
  told: (name: string) => Identity | undefined,
  notices: string[],
): Pick<DraftCase, "id" | "subject" | "frame" | "domain" | "part">[] {
  const guesses = guessSubjects(names);
  const identities = names.map((name) => told(name));
  const guessed = guesses.filter((_, n) => identities[n]?.subject === undefined);
  if (new Set(guessed.map(({ subject }) => subject)).size < guessed.length) {
    notices.push(guessNotice(guessed, "layout folder takes a list that says otherwise"));
  }
  return names.map((name, n) => {
    const { id = name, subject = guesses[n]!.subject, frame = guesses[n]!.frame } = identities[n] ??
      {};
    const { domain = "unknown", part } = identities[n] ?? {};
    return { id, subject, frame, domain, ...(part !== undefined && { part }) };
  });
}
