import { assertEquals } from "../../deps.ts";
import { runFolder } from "../../../lib/formats/run_folder/run_folder.ts";
import { TrainingEvents } from "../../../lib/learning/training/events.ts";
import { setScoresAside } from "../../../lib/workflows/runs/set_scores_aside.ts";

Deno.test("setScoresAside() keeps the scores of other weights under another name, once", async () => {
  const dir = await Deno.makeTempDir(), folder = runFolder(dir), told: string[] = [];
  const names = () => Array.from(Deno.readDirSync(dir), ({ name }) => name).sort();
  const step = { type: "step", position: { step: 1, epoch: 0, index: 1 } } as never;
  for (const had of [false, true]) {
    const events = new TrainingEvents();
    setScoresAside(events, folder, (line) => told.push(line));
    if (had) await Deno.writeTextFile(folder.evaluation, "before");
    if (had) await Deno.writeTextFile(folder.severityCurves, "before");
    assertEquals(names(), had ? ["evaluation.json", "severity_curves.png"] : []);
    await events.emit(step);
    assertEquals(names(), had ? ["evaluation.earlier.json"] : []);
    await Deno.writeTextFile(folder.evaluation, "after");
    await events.emit(step);
    assertEquals(await Deno.readTextFile(folder.evaluation), "after");
    await Deno.remove(folder.evaluation);
  }
  assertEquals(told, [
    `the scores of the weights before are kept as ${dir}/evaluation.earlier.json`,
  ]);
  await Deno.remove(dir, { recursive: true });
});
