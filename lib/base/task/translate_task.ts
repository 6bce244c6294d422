/** How the labels of one data set are those of another, whatever codes and order each uses. */
import type { Task } from "./task.ts";

/** Labels or channels that cannot be brought together. */
export class TaskMismatchError extends Error {
  /** Its class by name. */
  override readonly name = "TaskMismatchError";
}

/** A data set seen through a run's task. */
export interface TranslatedTask {
  /**
   * The run's labels and channels in the run's order, with the codes of the data set; labels that the
   * data set lacks have none.
   */
  readonly task: Task;
  /** For each channel of the run its place in the data set. */
  readonly channels: readonly number[];
  /** Names of the labels that the data set lacks. */
  readonly lacking: readonly string[];
}

/**
 * Brings a data set's task to a run's. Labels and channels agree by name, in whatever order and codes;
 * background is the first label whatever its name. A lone channel is the run's lone channel, too.
 *
 * @param where The data set, for the message.
 * @throws {TaskMismatchError} If the data set has labels or channels that the run does not know, or
 * lacks one of its channels; the message names all.
 */
export function translateTask(run: Task, data: Task, where: string): TranslatedTask {
  const foreground = data.labels.slice(1);
  const known = new Set(run.labels.slice(1).map(({ name }) => name));
  const unknown = foreground.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  if (unknown.length > 0) {
    throw new TaskMismatchError(
      `Cannot use ${where}: its labels ${unknown.join(", ")} are unknown to the run, which has ${
        [...known].join(", ")
      } (data.labels renames them)`,
    );
  }
  const labels = run.labels.map((label, index) => {
    const own = index === 0 ? data.labels[0] : foreground.find(({ name }) => name === label.name);
    return { ...label, codes: own?.codes ?? [] };
  });
  return {
    task: {
      labels,
      channels: run.channels,
      ...(data.ignore !== undefined && { ignore: data.ignore }),
      ...(run.regions !== undefined && { regions: run.regions }),
    },
    channels: channelPlaces(run, data, where),
    lacking: labels.filter(({ codes }) => codes.length === 0).map(({ name }) => name),
  };
}

function channelPlaces(run: Task, data: Task, where: string): number[] {
  if (run.channels.length === 1 && data.channels.length === 1) return [0];
  const names = data.channels.map(({ name }) => name);
  const missing = run.channels.filter(({ name }) => !names.includes(name));
  const surplus = names.filter((name) => !run.channels.some((channel) => channel.name === name));
  if (missing.length > 0 || surplus.length > 0) {
    throw new TaskMismatchError(
      `Cannot use ${where}: its channels are ${names.join(", ")}, those of the run ${
        run.channels.map(({ name }) => name).join(", ")
      } (data.channels renames them)`,
    );
  }
  return run.channels.map(({ name }) => names.indexOf(name));
}
