import { assertEquals } from "../../deps.ts";
import { parseConfig } from "../../../lib/base/config/parse_config.ts";
import { openRunCases } from "../../../lib/imaging/data/cases/run_cases.ts";
import { ownTestCases, runTestSets } from "../../../lib/learning/evaluation/run_test_sets.ts";

Deno.test("runTestSets() tells own domains, others, and the artifact sets of the first", async () => {
  const config = parseConfig({ phantom: { subjects: 3, otherSubjects: 1 } });
  const cases = await openRunCases(config);
  const kinds = (artifacts: boolean) =>
    [...runTestSets(cases, { evaluation: { ...config.evaluation, artifacts } })]
      .map(([name, { kind, cases: { length } }]) => [name, kind, length]);
  const own = ["site A", "intra", 2];
  const others = ["B", "C", "D", "E"].map((site) => [`site ${site}`, "cross", 2]);
  const corrupted = ["RandBias", "RandSpike", "RandGhost", "RandMotion"];
  assertEquals(kinds(false), [own, ...others]);
  assertEquals(kinds(true), [
    ...[own, ...others],
    ...corrupted.map((name) => [name, "corrupted", 2]),
  ]);
  assertEquals(new Set(ownTestCases(cases).map(({ domain }) => domain)), new Set(["site A"]));
});
