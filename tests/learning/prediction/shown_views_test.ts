import { assertEquals, assertStringIncludes } from "../../deps.ts";
import { testTimeRefusal } from "../../../lib/learning/prediction/shown_views.ts";
import { TEST_TIMES } from "../../../lib/names.ts";

const task = (...names: string[]) => ({
  labels: ["background", ...names].map((name, n) => ({ name, codes: [n] })),
});

Deno.test("testTimeRefusal() refuses flips and turns that a training did not show", () => {
  for (const testTime of TEST_TIMES) {
    const plain = testTimeRefusal(testTime, { augmentation: "turned", task: task("a") }, "r");
    assertEquals(plain, undefined);
    for (const augmentation of ["upright", "none"] as const) {
      const refused = testTimeRefusal(testTime, { augmentation, task: task("a") }, "runs/1");
      if (testTime === "none") {
        assertEquals(refused, undefined);
        continue;
      }
      assertStringIncludes(refused!, `(${testTime}): runs/1 was trained with data.augmentation=`);
      assertStringIncludes(refused!, `${augmentation}, which neither flips nor turns slices`);
      assertStringIncludes(refused!, "wanted none");
    }
    // Such trainings leave flips and turns out, whatever is set.
    const pairs = { augmentation: "turned", task: task("kidney left", "kidney right") } as const;
    const refused = testTimeRefusal(testTime, pairs, "r");
    assertEquals(refused?.includes("pairs of left and right") ?? false, testTime !== "none");
  }
});
