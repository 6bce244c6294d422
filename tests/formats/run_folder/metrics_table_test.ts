import { assertEquals, assertRejects } from "../../deps.ts";
import { MetricsTable, readMetrics } from "../../../lib/formats/run_folder/metrics_table.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";

Deno.test("MetricsTable goes on after an epoch, and keeps what was before", () =>
  inFolder(async (dir) => {
    const path = `${dir}/metrics.csv`;
    const table = await MetricsTable.open(path, 0);
    for (const epoch of [1, 2, 3]) {
      await table.add({ epoch, step: 10 * epoch, scores: { dice: 0.5 } });
    }
    const again = await MetricsTable.open(path, 1);
    await again.add({ epoch: 2, step: 20, scores: { dice: 0.75 } });
    assertEquals(
      (await Deno.readTextFile(path)).trim().split(/\r?\n/),
      ["epoch,step,dice", "1,10,0.5", "2,20,0.75"],
    );
  }));

Deno.test("MetricsTable keeps scores that not every epoch has", () =>
  inFolder(async (dir) => {
    const path = `${dir}/metrics.csv`;
    const table = await MetricsTable.open(path, 0);
    await table.add({ epoch: 1, step: 10, scores: { dice: 0.5, diceRV: 0 } });
    await table.add({ epoch: 2, step: 20, scores: { dice: 0.75 } });
    assertEquals(
      (await Deno.readTextFile(path)).trim().split(/\r?\n/),
      ["epoch,step,dice,diceRV", "1,10,0.5,0", "2,20,0.75,"],
    );
  }));

Deno.test("MetricsTable.open() refuses rows that are not as long as the header, by the file", () =>
  inFolder(async (dir) => {
    const path = `${dir}/metrics.csv`;
    await Deno.writeTextFile(path, "epoch,step\n1,10,0.5\n");
    await assertRejects(() => MetricsTable.open(path, 1), RunFolderError, `Cannot open ${path}`);
  }));

Deno.test("readMetrics() gives rows by column, none without a file, and names a damaged one", () =>
  inFolder(async (dir) => {
    const path = `${dir}/metrics.csv`;
    assertEquals(await readMetrics(path), []);
    await Deno.writeTextFile(path, "epoch,step\n1,10\n");
    assertEquals(await readMetrics(path), [{ epoch: "1", step: "10" }]);
    for (const text of ['epoch,step\n1,"2\n', "epoch\n1,2\n"]) {
      await Deno.writeTextFile(path, text);
      await assertRejects(() => readMetrics(path), RunFolderError, `Cannot open ${path}`);
    }
  }));
