import { assert, assertEquals } from "../deps.ts";
import { strayHint } from "../../cli/stray_hint.ts";
import type { Evaluation } from "../../mod.ts";

const evaluation = (kind: "intra" | "cross" | "corrupted", hd95: number, assd: number) => {
  const numbers = (cord: number) => ({ byLabel: { cord, grey: null }, mean: cord });
  const errors = { ftn: { hd95Mm: numbers(hd95), assdMm: numbers(assd) } };
  const ftn = { byLabel: { cord: 0.8, grey: null }, mean: 0.8 };
  const set = { cases: 1, kind, errors, ftn };
  return { labels: ["grey", "cord"], sets: { UCL: set } } as unknown as Evaluation;
};

Deno.test("strayHint() names the command where parts lie far from a label whose surface is near", () => {
  const hint = strayHint(evaluation("intra", 38.7, 3.45), "runs/my run") ?? "none";
  assert(hint.startsWith("UCL: parts of cord are found far from it (FTN: HD95 38.7 mm, ASSD 3.5"));
  assert(hint.includes("tandem postprocess 'runs/my run' "), hint);
});

Deno.test("strayHint() is silent of near parts, of what is wrong all over, and of other sets", () => {
  for (
    const other of [
      evaluation("intra", 12, 1),
      evaluation("intra", 42, 12),
      evaluation("corrupted", 38.7, 3.45),
      evaluation("cross", 38.7, 3.45),
      { labels: [], sets: {} } as unknown as Evaluation,
    ]
  ) assertEquals(strayHint(other, "run"), undefined);
});
