import { assertEquals } from "../../deps.ts";
import { casesTable } from "../../../lib/formats/scores/cases_table.ts";
import type { CaseEvaluation } from "../../../lib/formats/run_folder/evaluation.ts";

Deno.test("casesTable() has a row a label, and leaves no formula to a spreadsheet", () => {
  const none = { byLabel: { LV: null }, mean: null };
  const volume = {
    ...{ set: "a,b", id: "=1+1", subject: "@s", frame: "ED", flags: {} },
    ftn: { byLabel: { LV: 0.5 }, mean: 0.5 },
    errors: {
      ftn: { hd95Mm: none, assdMm: none, volumeErrorMl: none, volumeErrorPercent: none },
    },
  } as unknown as CaseEvaluation;
  const [head, row] = casesTable([{ volume, counts: { LV: { tp: 1, fp: 1, fn: 1, tn: 5 } } }])
    .trim().split(/\r?\n/);
  assertEquals(head!.split(",").slice(0, 7), [
    ...["set", "case", "subject", "frame", "label", "dice", "iou"],
  ]);
  assertEquals(row!.startsWith(`"a,b",'=1+1,'@s,ED,LV,0.5,0.33`), true, row);
});
