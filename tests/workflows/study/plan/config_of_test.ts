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

Deno.test("configOf() has runs of a study told in an experiment of its folder's name, unless set", () => {
  const replicate = { seed: 0, split: null, fold: null };
  const job = { method: "standard", replicate, trainingSubjects: null } as const;
  const of = (settings: object, dir?: string) =>
    configOf({ settings }, job, dir === undefined ? {} : { dir }).tracking.experiment;
  assertEquals(of({}, "/data/heart/runs/standard-seed0"), "heart");
  assertEquals(of({ tracking: { experiment: "mine" } }, "/data/heart/runs/x"), "mine");
  assertEquals(of({}), null);
});
