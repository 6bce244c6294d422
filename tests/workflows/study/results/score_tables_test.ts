import { assert, assertEquals } from "../../../deps.ts";
import {
  comparisonTable,
  crossDomainTable,
  flagTable,
  lowDataTable,
  table1,
} from "../../../../lib/workflows/study/results/score_tables.ts";
import { summarise } from "../../../../lib/workflows/study/results/summarise.ts";
import { madePlan, madeResult } from "../made_results.ts";

const kinds = { "site A": "intra", "site B": "cross" } as const;
const result = (method: string, gain: number) =>
  madeResult(
    { method },
    kinds,
    ["a", "b", "c", "d"].flatMap((subject, n) =>
      (["site A", "site B"] as const).map((set) => ({
        ...{ set, subject, ftn: 0.6 + 0.05 * n + gain, stn: 0.65 + 0.05 * n + gain },
        flags: { entropy: 0.5 - 0.1 * n },
      }))
    ),
  );
const plan = madePlan(["standard", "full"]);
const summary = summarise(plan, [result("standard", 0), result("full", 0.1)], { resamples: 100 });

Deno.test("table1() has a row a method, its averages last, the best of each column marked", () => {
  const { columns, rows } = table1(summary);
  assertEquals(columns, [
    ...["Method", "Intra-domain", "Cross-domain", "Average without STN", "Average with STN"],
  ]);
  assertEquals(rows.map(({ cells }) => cells.map(({ text }) => text)), [
    ["0.675", "0.675", "0.675", "0.725"],
    ["0.775", "0.775", "0.775", "0.825"],
  ]);
  assertEquals(rows.map(({ cells }) => cells.every(({ best }) => best)), [false, true]);
});

Deno.test("the other tables are there where they have something to say", () => {
  assertEquals(crossDomainTable(summary)!.columns, ["Method", "site B"]);
  assertEquals(lowDataTable(summary), undefined);
  const [compared] = comparisonTable(summary)!.rows;
  assertEquals([compared!.cells[0]!.text, compared!.cells.at(-1)!.text], ["+0.100", "8"]);
  const flags = flagTable(summary)!;
  assertEquals(flags.columns, ["Method", "Volumes", "Bad", "Entropy"]);
  assertEquals(flags.rows[0]!.cells.map(({ text }) => text), ["8", "4", "1.000"]);
  assert(flags.caption.includes("0.7"));
  const alone = summarise(madePlan(["full"]), [
    madeResult({ method: "full" }, { "site A": "intra" }, [
      { set: "site A", subject: "a", ftn: 0.5, flags: {} as never },
    ]),
  ]);
  assertEquals([crossDomainTable(alone), comparisonTable(alone), flagTable(alone)], [
    ...[undefined, undefined, undefined],
  ]);
});
