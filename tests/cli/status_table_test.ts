import { assert, assertEquals } from "../deps.ts";
import { statusTable } from "../../cli/status_table.ts";

Deno.test("statusTable() has a row a run that is not done, and counts all", () => {
  const text = statusTable({
    dir: "studies/one",
    runs: [
      { run: "a-seed0", state: "done", step: 9 },
      { run: "b-seed0", state: "failed", step: 3, reason: "no luck" },
      {
        ...{ run: "c-seed0", state: "running", step: 5, steps: 9, secondsLeft: 65 },
        ...{ host: "n2", job: "12_3", limitLeft: "9:43" },
      },
    ],
    report: { id: "13", state: "PENDING", kind: "waiting", reason: "Dependency" },
    notices: [],
  });
  assert(!text.includes("a-seed0"), text);
  assert(/b-seed0 .* failed .* no luck/.test(text), text);
  assert(/c-seed0 .* 12_3 on n2 .* 5\/9 .* 1 min 05 s, limit in 9:43/.test(text), text);
  assertEquals(text.split("\n").slice(-2), [
    "studies/one: 1 done, 1 running, 1 failed of 3 runs",
    "tables and page: job 13, waiting (Dependency)",
  ]);
  assertEquals(
    statusTable({ dir: "d", runs: [{ run: "a", state: "done", step: 9 }], notices: [] }),
    "d: 1 done of 1 runs",
  );
});
