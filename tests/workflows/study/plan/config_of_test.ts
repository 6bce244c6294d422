import { assertEquals } from "../../../deps.ts";
import { findMethod } from "../../../../lib/learning/baselines/registry.ts";
import { parseConfig } from "../../../../lib/base/config/parse_config.ts";
import { configOf } from "../../../../lib/workflows/study/plan/config_of.ts";

Deno.test("configOf() gives a run its method's settings and artifacts, else the study's own", () => {
  const artifacts = { artifact: "gamma", mode: "torchio", options: {} } as const;
  const replicate = { seed: 3, split: null, fold: null };
  const of = (method: string) =>
    configOf({ settings: { data: { artifacts } } }, { method, replicate, trainingSubjects: 5 });
  const standard = of("standard"),
    robust = of("robust"),
    { settings, artifacts: own } = findMethod("robust");
  assertEquals(standard.data.artifacts, artifacts);
  assertEquals(
    robust.data.artifacts,
    parseConfig({ data: { artifacts: own as never } }).data.artifacts,
  );
  assertEquals(robust.method, parseConfig({ method: settings }).method);
  assertEquals([standard.training.seed, standard.data.trainingSubjects], [3, 5]);
});
