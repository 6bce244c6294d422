import { assertEquals, assertStringIncludes } from "../deps.ts";
import { inFolder } from "../imaging/data/tiny_heart.ts";
import { tandem, TINY } from "./run_tandem.ts";

Deno.test("train --method takes the method's settings into the run", async () => {
  await inFolder(async (dir) => {
    const run = `${dir}/run`;
    const args = [...TINY, "--method", "segmentation-only", "--max-steps", "2", "--out", run];
    const { code, stderr, stdout } = await tandem("train", ...args);
    assertEquals(code, 0, stderr + stdout);
    const { method } = JSON.parse(await Deno.readTextFile(`${run}/config.json`));
    assertEquals([method.networks, method.latentAugmentation], ["segmentation", false]);
    const [line] = (await Deno.readTextFile(`${run}/log.jsonl`)).split("\n");
    assertEquals(Object.keys(JSON.parse(line!)).filter((name) => name.endsWith("Loss")), [
      ...["standardSegmentationLoss", "totalLoss"],
    ]);
    const { sets } = JSON.parse(await Deno.readTextFile(`${run}/evaluation.json`));
    for (const set of Object.values(sets)) assertEquals(Object.hasOwn(set as object, "stn"), false);
  });
});

Deno.test("train --method with an unknown name is a mistake, and the nearest is named", async () => {
  const { code, stderr } = await tandem("train", "--method", "adverserial-bias");
  assertEquals(code, 2);
  assertStringIncludes(stderr, "did you mean adversarial-bias");
});
