import { foregroundNames, taskSchema } from "../../../lib/base/task/task.ts";
import { assertEquals } from "../../deps.ts";

const label = (name: string, ...codes: number[]) => ({ name, codes });
const channels = [{ name: "MRI" }];

function problems(task: unknown): string[] {
  const parsed = taskSchema.safeParse(task);
  return parsed.success ? [] : parsed.error.issues.map(({ message }) => message);
}

Deno.test("a task may have several codes a label and an ignored one", () => {
  const labels = [label("background", 0), label("wall", 1, 500), label("lumen", -3)];
  assertEquals(problems({ labels, channels, ignore: 9 }), []);
  assertEquals(foregroundNames({ labels }), ["wall", "lumen"]);
});

Deno.test("a task refuses equal codes and equal names, each told", () => {
  const labels = [label("background", 0), label("a", 1), label("a", 2, 0)];
  assertEquals(problems({ labels, channels: [...channels, ...channels], ignore: 1 }), [
    "two labels are called a, wanted each name once",
    "the code 0 stands for two labels, wanted each code once",
    "the code 1 stands for two labels, wanted each code once",
    "two channels are called MRI, wanted each name once",
  ]);
  assertEquals(problems({ labels: labels.slice(0, 1), channels }).length, 1);
});
