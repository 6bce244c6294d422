import { assertEquals } from "../../../deps.ts";
import type { Evaluation } from "../../../../lib/formats/run_folder/evaluation.ts";
import { emptyRules } from "../../../../lib/workflows/study/results/empty_rules.ts";

const evaluation = (empty: Evaluation["empty"], dice: number | null, absent?: string[]) =>
  ({
    empty,
    volumes: [{
      ftn: { byLabel: { RV: dice }, mean: dice },
      errors: { ftn: { assdMm: { byLabel: { RV: dice === 1 ? 0 : 2 } } } },
      ...absent && { absent: { ftn: absent } },
    }],
  }) as unknown as Evaluation;

Deno.test("emptyRules() are those of evaluations that have a label in neither mask", () => {
  const [old, full] = [evaluation("one", 0.5), evaluation("skip", 0.7, [])];
  assertEquals(emptyRules([old, full]), ["one"]);
  assertEquals(emptyRules([old, evaluation("skip", null, ["RV"])]), ["skip"]);
  // What older files have as perfect may be in neither mask.
  const unsure = evaluation("one", 1);
  assertEquals(emptyRules([unsure, evaluation("skip", null, ["RV"])]), ["one", "skip"]);
  assertEquals(emptyRules([]), []);
});
