import { focusMethod, methodLooks } from "../../../../lib/workflows/study/page/method_look.ts";
import type { StudySummary } from "../../../../lib/workflows/study/results/study_summary.ts";
import { assertEquals } from "../../../deps.ts";

const looksOf = (methods: readonly string[]) =>
  methodLooks({ plan: { methods }, rows: [] } as unknown as StudySummary);

Deno.test("methodLooks() has grey for the first method, the first hue for the full one", () => {
  const looks = looksOf(["standard", "rand-conv", "full", "max-style"]);
  assertEquals(looks.map(({ color }) => color), [
    "var(--m0)",
    "var(--m2)",
    "var(--m1)",
    "var(--m3)",
  ]);
});

Deno.test("methodLooks() tells any two of many methods apart", () => {
  const looks = looksOf(["standard", ...Array.from({ length: 15 }, (_, n) => `m${n}`), "full"]);
  assertEquals(new Set(looks.map(({ color, line }) => `${color} ${line}`)).size, 17);
});

Deno.test("focusMethod() is the full method, or else the last; titles are cut for axes", () => {
  assertEquals(focusMethod(["standard", "full", "max-style"]), "full");
  assertEquals(focusMethod(["standard", "max-style"]), "max-style");
  assertEquals(looksOf(["a run's folder with a long name"])[0]!.title, "a run's folder with…");
});
