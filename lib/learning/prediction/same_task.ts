import type { Task } from "../../base/task/task.ts";
import { TaskMismatchError } from "../../base/task/translate_task.ts";

/** A task, and whose it is. */
export interface NamedTask {
  readonly name: string;
  readonly task: Task;
}

/**
 * Holds networks that are to be averaged to one task: the same labels and channels in the same order,
 * with the same codes.
 *
 * @throws {TaskMismatchError} If one differs from the first; both are named.
 */
export function checkSameTask([first, ...others]: readonly NamedTask[]): void {
  if (first === undefined) return;
  for (const other of others) {
    const [wanted, found] = [first, other].map(({ task }) => taskText(task));
    if (wanted === found) continue;
    throw new TaskMismatchError(
      `Cannot average ${first.name} and ${other.name}: they segment ${wanted} and ${found}`,
    );
  }
}

function taskText({ labels, channels }: Task): string {
  const named = labels.map(({ name, codes }) => `${name} ${codes.join("+")}`);
  return `${named.join(", ")} in ${channels.map(({ name }) => name).join(", ")}`;
}
