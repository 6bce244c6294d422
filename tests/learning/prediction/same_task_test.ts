import { assertThrows } from "../../deps.ts";
import { TaskMismatchError } from "../../../lib/base/task/translate_task.ts";
import { checkSameTask } from "../../../lib/learning/prediction/same_task.ts";

const task = (names: string[], channels = ["MRI"]) => ({
  labels: names.map((name, n) => ({ name, codes: [n] })),
  channels: channels.map((name) => ({ name })),
});

Deno.test("checkSameTask() wants the same labels, codes and channels in one order", () => {
  const first = { name: "one", task: task(["none", "a", "b"]) };
  const with_ = (other: ReturnType<typeof task>) => () =>
    checkSameTask([first, first, { name: "two", task: other }]);
  checkSameTask([]);
  with_(task(["none", "a", "b"]))();
  for (const other of [task(["none", "b", "a"]), task(["none", "a", "b"], ["CT"])]) {
    assertThrows(with_(other), TaskMismatchError, "Cannot average one and two: they segment");
  }
  const codes = task(["none", "a", "b"]);
  codes.labels[1]!.codes = [7];
  assertThrows(with_(codes), TaskMismatchError, "a 7");
});
