import { assertEquals } from "../deps.ts";
import { Campaign } from "./campaign.ts";

Deno.test("a campaign goes on behind inputs that hang a thread or take it down", async () => {
  using campaign = new Campaign(new URL("hanging_worker.ts", import.meta.url), 5000);
  const { inputs, results, faults } = await campaign.fuzz("made", 1, 8);
  assertEquals([inputs, results], [8, 6]);
  assertEquals({ ...faults }, {
    "does not come back": { count: 1, cases: [3] },
    "takes the thread down: taken down": { count: 1, cases: [5] },
  });
});
