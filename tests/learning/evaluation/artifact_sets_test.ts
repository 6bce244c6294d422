import { assert, assertEquals } from "../../deps.ts";
import { makeSuite } from "../../../lib/imaging/artifacts/suites/make_suite.ts";
import { SUITES } from "../../../lib/imaging/artifacts/suites/suite_definition.ts";
import { phantomCases } from "../../../lib/imaging/data/cases/phantom_cases.ts";
import { MNMS_TASK } from "../../../lib/imaging/data/layouts/cardiac.ts";
import { artifactSets } from "../../../lib/learning/evaluation/artifact_sets.ts";

Deno.test("artifactSets() gives the volumes that the suite writes first, labels unchanged", async () => {
  const cases = phantomCases("A", 1, 3).slice(0, 1);
  const sets = artifactSets(cases, MNMS_TASK.labels);
  assertEquals([...sets.keys()], ["RandBias", "RandSpike", "RandGhost", "RandMotion"]);
  const suite = makeSuite(SUITES.chen2021, cases, {
    seed: 0,
    repeats: 1,
    labels: MNMS_TASK.labels,
  });
  for await (const { entry, volume } of suite) {
    const [source, ...others] = sets.get(entry.set)!;
    assertEquals([source!.id, others.length], ["A000_ED", 0]);
    const { images: [image], label } = await source!.load();
    assert(image.volume.data.every((value, o) => value === volume.data[o]), entry.set);
    assertEquals(label, (await cases[0]!.load()).label);
  }
});
