import { assertEquals, assertRejects, assertStringIncludes } from "../../../deps.ts";
import { type Task, taskSchema } from "../../../../lib/base/task/task.ts";
import { TaskMismatchError } from "../../../../lib/base/task/translate_task.ts";
import { openThroughTask } from "../../../../lib/imaging/data/cases/open_through_task.ts";
import {
  firstClasses,
  firstVoxels,
  namesOf,
  writeText,
  writeVoxels,
} from "../layouts/tiny_files.ts";
import { inFolder } from "../tiny_heart.ts";

/** What a run segments: two lobes in two contrasts. */
const RUN: Task = taskSchema.parse({
  labels: [
    { name: "background", codes: [0] },
    { name: "Anterior", codes: [1] },
    { name: "Posterior", codes: [2] },
  ],
  channels: [{ name: "T1" }, { name: "T2" }],
});

/** A data set of one case with the labels and channels as given, whose label begins with `codes`. */
async function write(
  dir: string,
  labels: Record<string, number>,
  channels: readonly string[],
  codes: readonly number[],
): Promise<string> {
  await writeText(`${dir}/dataset.json`, {
    channel_names: Object.fromEntries(channels.map((name, n) => [n, name])),
    labels,
    numTraining: 1,
    file_ending: ".nii",
  });
  for (const n of channels.keys()) {
    await writeVoxels(`${dir}/imagesTr/case_1_000${n}.nii`, 10 + n);
  }
  await writeVoxels(`${dir}/labelsTr/case_1.nii`, ...codes);
  return dir;
}

Deno.test("openThroughTask() gives the run's classes and channels whatever codes and order", () =>
  inFolder(async (dir) => {
    const labels = { background: 0, Posterior: 1, Anterior: 2 };
    await write(dir, labels, ["T2", "T1"], [0, 1, 2, 1]);
    const { task, cases, notices } = await openThroughTask(dir, "nnunet", RUN);
    assertEquals(await firstClasses(cases[0]!, 4), [0, 2, 1, 2]);
    assertEquals(await firstVoxels(cases[0]!), [11, 10]);
    assertEquals(task.labels.map(({ name, codes }) => [name, ...codes]), [
      ["background", 0],
      ["Anterior", 2],
      ["Posterior", 1],
    ]);
    assertEquals(notices.filter((line) => line.includes("no label for")), []);
  }));

Deno.test("openThroughTask() tells which labels are lacking, and reads the others", () =>
  inFolder(async (dir) => {
    await write(dir, { background: 0, Posterior: 1 }, ["T1", "T2"], [0, 1]);
    const { task, cases, notices } = await openThroughTask(dir, "auto", RUN);
    assertEquals(await firstClasses(cases[0]!, 2), [0, 2]);
    assertEquals(task.labels[1], { name: "Anterior", codes: [] });
    assertEquals(notices.at(-1), `${dir} has no label for Anterior: left out of its scores`);
    // What recognised the layout is told once.
    assertEquals(notices.filter((line) => line.startsWith("read as nnunet")).length, 1);
  }));

Deno.test("openThroughTask() refuses labels and channels that the run does not know, by name", () =>
  inFolder(async (dir) => {
    const labels = { background: 0, Posterior: 1, Anterior: 2 };
    await write(`${dir}/a`, { ...labels, tail: 3, head: 4 }, ["T1", "T2"], [0]);
    await write(`${dir}/b`, labels, ["T1", "PD"], [0]);
    const refuse = (name: string, text: string) =>
      assertRejects(
        () => openThroughTask(`${dir}/${name}`, "nnunet", RUN),
        TaskMismatchError,
        text,
      );
    await refuse(
      "a",
      "its labels tail, head are unknown to the run, which has Anterior, Posterior",
    );
    await refuse("b", "its channels are T1, PD, those of the run T1, T2");
  }));

Deno.test("openThroughTask() reads a bare list by the run's own codes", () =>
  inFolder(async (dir) => {
    await writeVoxels(`${dir}/a.nii`, 5);
    await writeVoxels(`${dir}/a_label.nii`, 0, 2, 1);
    await writeText(`${dir}/cases.csv`, "image,label,subject\na.nii,a_label.nii,a\n");
    const run = { ...RUN, channels: [{ name: "T1" }] };
    const dataset = await openThroughTask(dir, "folder", run);
    assertEquals(namesOf(dataset).length, 1);
    assertEquals(await firstClasses(dataset.cases[0]!, 3), [0, 2, 1]);
    assertEquals(dataset.task, run);
    assertStringIncludes(
      dataset.notices.join("\n"),
      "codes are taken to be those of the run",
    );
  }));
