/** A program that segments files, called without a shell: once a set, or once a file. */
import { ConfigError } from "../../../base/config/config_error.ts";
import { basename, dirname, join, resolve } from "../../../base/deps/std.ts";
import { inOneLine } from "../../../base/text/in_one_line.ts";
import { shortText } from "../../../base/text/short_text.ts";
import { messageOf } from "../../../base/text/message_of.ts";
import { exists } from "../../../formats/files/exists.ts";
import { rename } from "../../../formats/files/rename.ts";
import { makeFolder } from "../../../formats/files/make_folder.ts";
import { uniqueMark, WriteError } from "../../../formats/files/write_atomically.ts";
import { niftiFilesIn } from "../../runs/nifti_files_in.ts";
import { matchPredictions } from "../../scores/match_predictions.ts";
import type {
  ChallengeCase,
  ChallengeFailure,
  ChallengeModel,
  ModelWork,
} from "./challenge_model.ts";
import type { CommandCalls } from "../../../names.ts";
import { commandWords } from "./command_words.ts";

/** How long a program's last words are waited for once it has ended, or its end once it is asked to. */
const GRACE_MS = 2000;

type Failure = Omit<ChallengeFailure, "model">;

/**
 * A program. `{input}` and `{output}` in its words are folders (once a set: the images by nnU-Net's names,
 * one a channel), or an image's file and that of its segmentation. It writes segmentations in the data
 * set's codes by the names of the cases.
 *
 * @param channels Of the data set.
 * @throws {ConfigError} If the words lack one of the two, or are called for files of several channels.
 */
export function commandModel(
  name: string,
  text: string,
  calls: CommandCalls,
  channels: number,
): ChallengeModel {
  const words = commandWords(text);
  for (const part of ["{input}", "{output}"]) {
    if (words.some((word) => word.includes(part))) continue;
    throw new ConfigError("command", `Cannot run the command ${text}: it does not say ${part}`);
  }
  if (calls === "file" && channels > 1) {
    throw new ConfigError(
      "commandPer",
      `Cannot call ${text} once a file: a case has ${channels} of them, one a channel; call it once a set`,
    );
  }
  return {
    name,
    source: text,
    identity: `command ${calls} ${text}`,
    async run(work) {
      await removeRooms(work.folder);
      const failures: Failure[] = [];
      let done = 0;
      for (const [set, cases] of Map.groupBy(work.cases, (one) => one.set)) {
        const groups = calls === "set" ? [cases] : cases.map((one) => [one]);
        for (const group of groups) {
          work.stop?.throwIfAborted();
          failures.push(...await callOnce(words, set, group, calls, work));
          work.onDone(done += group.length);
        }
      }
      return failures;
    },
  };
}

/** Removes what a killed process left of its calls. */
async function removeRooms(folder: string): Promise<void> {
  for await (const { name } of Deno.readDir(folder)) {
    if (!/^\..*\.part$/.test(name)) continue;
    await Deno.remove(join(folder, name), { recursive: true });
  }
}

/** Calls the program for some cases of a set, and takes what it made. */
async function callOnce(
  words: readonly [string, ...string[]],
  set: string,
  cases: readonly ChallengeCase[],
  calls: CommandCalls,
  { folder, logs, stop }: ModelWork,
): Promise<Failure[]> {
  // Hidden, so that nobody takes what a killed program left for predictions.
  const room = resolve(join(folder, `.${set}.${uniqueMark()}.part`));
  const [given, made] = [join(room, "in"), join(room, "out")];
  try {
    await makeFolder(given);
    await makeFolder(made);
    const perFile = calls === "file";
    const input = perFile ? join(given, basename(cases[0]!.images[0])) : given;
    const output = perFile ? join(made, `${caseName(cases[0]!)}.nii.gz`) : made;
    for (const { images } of cases) await offer(images, given);
    const filled = words.map((word) =>
      word.replaceAll("{input}", () => input).replaceAll("{output}", () => output)
    );
    const log = join(logs, `${perFile ? caseName(cases[0]!) + "." : ""}${set}.txt`);
    const problem = await runProgram(filled as [string, ...string[]], log, stop);
    stop?.throwIfAborted();
    const what = perFile ? cases[0]!.id : set;
    if (problem !== undefined) {
      return [{ what, message: `${problem}${await lastWords(log)} (${log})` }];
    }
    return await takeOver(cases, made, folder, log);
  } finally {
    await Deno.remove(room, { recursive: true }).catch(() => {});
  }
}

/** The name of a case as nnU-Net has it, without the number of the channel. */
function caseName({ images }: ChallengeCase): string {
  return basename(images[0]).replace(/(_0000)?\.nii(\.gz)?$/i, "");
}

/** Copies images into a folder: what the program does with them there harms nothing. */
async function offer(images: readonly string[], folder: string): Promise<void> {
  for (const image of images) {
    const place = join(folder, basename(image));
    await Deno.copyFile(image, place).catch((cause) => {
      throw new WriteError(place, { cause });
    });
  }
}

/** Runs a program to its end; its words go to a file. Tells what went wrong, if anything did. */
async function runProgram(
  [program, ...args]: readonly [string, ...string[]],
  log: string,
  stop: AbortSignal | undefined,
): Promise<string | undefined> {
  const file = await Deno.open(log, { create: true, write: true, truncate: true })
    .catch((cause) => {
      throw new WriteError(log, { cause });
    });
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(program, {
      ...{ args, stdin: "null", stdout: "piped", stderr: "piped" },
      ...stop && { signal: stop },
    }).spawn();
  } catch (cause) {
    file.close();
    if (cause instanceof Deno.errors.NotCapable) throw cause;
    return `it cannot be started: ${messageOf(cause)}`;
  }
  const readers = [child.stdout, child.stderr].map((stream) => stream.getReader());
  const keep = async (reader: ReadableStreamDefaultReader<Uint8Array>) => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      for (let n = 0; n < part.value.length;) n += await file.write(part.value.subarray(n));
    }
  };
  // SIGTERM has gone to the program; one that does not heed it is not waited for
  let grace: ReturnType<typeof setTimeout> | undefined;
  const abort = () => {
    grace = setTimeout(() => kill(child), GRACE_MS);
  };
  stop?.addEventListener("abort", abort, { once: true });
  let closing: ReturnType<typeof setTimeout> | undefined;
  const ended = child.status.then((status) => {
    // What a program leaves behind may hold its pipes for ever.
    closing = setTimeout(() => readers.forEach((one) => void one.cancel()), GRACE_MS);
    return status;
  });
  let status: Deno.CommandStatus;
  try {
    [status] = await Promise.all([ended, ...readers.map(keep)]);
  } catch (cause) {
    // nobody reads what it says any more
    await Promise.allSettled(readers.map((one) => one.cancel()));
    kill(child);
    await ended;
    throw new WriteError(log, { cause });
  } finally {
    stop?.removeEventListener("abort", abort);
    clearTimeout(grace);
    clearTimeout(closing);
    file.close();
  }
  if (status.success) return undefined;
  return status.signal === null
    ? `it ended with exit code ${status.code}`
    : `it was ended by ${status.signal}`;
}

function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch {
    // it has ended meanwhile
  }
}

/** The last line that a program has said. */
async function lastWords(log: string): Promise<string> {
  const text = await Deno.readTextFile(log).catch(() => "");
  const last = text.split("\n").findLast((line) => line.trim() !== "");
  return last === undefined ? "" : `: ${shortText(inOneLine(last).trim())}`;
}

/** Moves segmentations to their places; tells which are missing. */
async function takeOver(
  cases: readonly ChallengeCase[],
  made: string,
  folder: string,
  log: string,
): Promise<Failure[]> {
  const { images, labels } = await niftiFilesIn(made);
  const references = cases.map((one) => ({
    ...{
      id: caseName(one),
      subject: "",
      frame: "",
      domain: "",
      paths: [one.images[0]] as [string],
    },
    ...{ masks: [], namesakes: [`${caseName(one)}.nii.gz`], places: [`${caseName(one)}.nii.gz`] },
  }));
  const { matched } = matchPredictions(references, made, [...images, ...labels]);
  const found = new Map(matched.map(({ reference, prediction }) => [reference.id, prediction]));
  const failures: Failure[] = [];
  for (const one of cases) {
    const prediction = found.get(caseName(one));
    if (prediction === undefined) {
      const message = `the program ended well and wrote no ${caseName(one)}.nii.gz (${log})`;
      failures.push({ what: one.id, message });
      continue;
    }
    const ending = /\.nii(\.gz)?$/i.exec(prediction)![0].toLowerCase();
    const place = join(folder, one.place.replace(/\.nii(\.gz)?$/i, ending));
    try {
      await makeFolder(dirname(place));
      await rename(prediction, place);
    } catch (cause) {
      throw new WriteError(place, { cause });
    }
  }
  return failures;
}

/** Whether a case has its segmentation, compressed or not. */
export async function isPredicted(folder: string, { place }: ChallengeCase): Promise<boolean> {
  const path = join(folder, place);
  return await exists(path) || await exists(path.replace(/\.gz$/i, ""));
}
