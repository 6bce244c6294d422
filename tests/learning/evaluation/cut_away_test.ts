import { assertEquals } from "../../deps.ts";
import { shareText } from "../../../lib/learning/evaluation/cut_away.ts";

Deno.test("shareText() names the largest shares first, and counts the rest of many", () => {
  const shares = [{ id: "a", cutAway: 0.0004 }, { id: "b", cutAway: 0.63 }];
  assertEquals(shareText(shares), "b 63.0 %, a below 0.1 %");
  const many = Array.from({ length: 14 }, (_, n) => ({ id: `c${n}`, cutAway: 0.5 }));
  assertEquals(shareText(many).endsWith("c11 50.0 % and 2 more"), true);
});
