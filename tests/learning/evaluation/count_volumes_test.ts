import { assertEquals } from "../../deps.ts";
import { countVolumes } from "../../../lib/learning/evaluation/count_volumes.ts";
import { tinyHeart } from "../../imaging/data/tiny_heart.ts";

Deno.test("countVolumes() adds the severities of as many own volumes as are asked for", () => {
  const { source } = tinyHeart();
  const count = (own: number, artifacts: boolean) =>
    countVolumes(
      new Map([
        ["own", { kind: "intra", cases: Array.from({ length: own }, () => source) }],
        ["other", { kind: "cross", cases: [source] }],
      ]),
      { evaluation: { artifacts, severityVolumes: 2 } } as Parameters<typeof countVolumes>[1],
    );
  assertEquals([count(3, false), count(3, true), count(1, true), count(0, true)], [4, 46, 23, 1]);
});
