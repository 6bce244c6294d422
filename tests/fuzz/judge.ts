/** Whether what a reader threw is an answer, or a fault of the reader. */
import { OWN_ERRORS } from "./own_errors.ts";

/** What came of an input. */
export interface Verdict {
  /** A value, a refusal that says what is wrong, or a fault. */
  readonly kind: "result" | "refused" | "fault";
  /** The class of the refusal with its code, or what the fault is and where. */
  readonly what: string;
}

/** The project's folder, as a URL. */
const PROJECT = new URL("../../", import.meta.url).href;

/** What engines and packages say when something was not checked; no message of ours holds it. */
const RAW = new RegExp(
  [
    "Cannot (read|set) propert|Cannot destructure|Cannot convert|Cannot mix BigInt|Cannot access",
    "is not (iterable|a function|defined|a constructor|an object)|undefined is not|null is not",
    "Maximum call stack|Invalid (typed )?array|Invalid (string|code|count|DataView|length)",
    "Offset is outside|out of bounds of the|circular structure|is not extensible|start offset|RegExp too",
    "Array buffer allocation|byte length of \\w+ should be|offset is out of bounds",
  ].join("|"),
);

/**
 * Judges what was thrown. A refusal is an error of a class of ours, or a TypeError or RangeError whose
 * first frame is a `new` of it in our code (an engine's own points at an expression); its text names
 * the input, and neither it nor its causes are an engine's complaint in other clothes.
 *
 * @param names One of which the message has to hold.
 * @param input Bytes of the input, which a message may repeat with marks between.
 */
export function judge(thrown: unknown, names: readonly string[], input = 0): Verdict {
  if (!(thrown instanceof Error)) return fault(`${typeof thrown} thrown`, String(thrown));
  const { message } = thrown;
  const own = OWN_ERRORS.find((Class) => thrown instanceof Class);
  if (own === undefined && !isMadeHere(thrown)) {
    return fault(`${thrown.name}: ${brief(message)}`, placeOf(thrown));
  }
  if (!names.some((name) => message.includes(name))) {
    return fault(`no name in ${thrown.name}: ${brief(message)}`, placeOf(thrown));
  }
  for (let at: unknown = thrown; at instanceof Error; at = at.cause) {
    const raw = RAW.exec(at.message)?.[0];
    if (raw !== undefined) return fault(`${thrown.name} covers ${raw}`, placeOf(at));
  }
  if (message.length > MOST_TEXT + 2 * input) {
    return fault(`${thrown.name} is ${message.length} characters long`, placeOf(thrown));
  }
  const { code } = thrown as { code?: unknown };
  return { kind: "refused", what: `${thrown.name}${typeof code === "string" ? ` ${code}` : ""}` };
}

/** Characters of a message, besides those of the input; the command line shows fewer. */
const MOST_TEXT = 20_000;

function fault(what: string, where: string): Verdict {
  return { kind: "fault", what: `${what} (${where})` };
}

/** Texts of sources, from before the files of the disk were hidden. */
const sources = new Map<string, string[]>();
const readSource = Deno.readTextFileSync;

/** Whether a TypeError or RangeError was made by an expression `new TypeError(…)` in `lib/`. */
function isMadeHere(error: Error): boolean {
  if (error.constructor !== TypeError && error.constructor !== RangeError) return false;
  const [, url, line, column] = /\n\s+at .*?(file:[^\s()]+):(\d+):(\d+)\)?/.exec(
    error.stack ?? "",
  ) ?? [];
  if (url === undefined || !url.startsWith(`${PROJECT}lib/`)) return false;
  if (!sources.has(url)) sources.set(url, readSource(new URL(url)).split("\n"));
  const text = sources.get(url)![Number(line) - 1]?.slice(Number(column) - 1) ?? "";
  return text.startsWith(`new ${error.name}(`);
}

/** The first frame in the project, else the first of all. */
function placeOf(error: Error): string {
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const frame = frames.find((line) => line.includes(`${PROJECT}lib/`)) ?? frames[0] ?? "nowhere";
  return frame.trim().replace(PROJECT, "").replace(/^at /, "");
}

/** A message without what differs from input to input. */
function brief(message: string): string {
  return message.replaceAll(/\d+/g, "N").replaceAll(/"[^"]*"/g, '"…"').slice(0, 80);
}
