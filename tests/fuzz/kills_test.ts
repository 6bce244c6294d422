import { assertEquals } from "../deps.ts";
import { inFolder } from "../imaging/data/tiny_heart.ts";
import { killAll } from "./kills.ts";

Deno.test("convert that is killed a few times goes on as if nobody had, and leaves nothing", () =>
  inFolder(async (dir) => {
    const [report] = await killAll({ dir, kills: 4, seed: 3, only: ["convert"] });
    const { atActs, atTimes, problems } = report!;
    assertEquals([atActs + atTimes, problems], [4, []]);
  }));

Deno.test("train that is killed a few times goes on as if nobody had, and leaves nothing", () =>
  inFolder(async (dir) => {
    const [report] = await killAll({ dir, kills: 2, seed: 2, only: ["train"] });
    const { atActs, atTimes, problems } = report!;
    assertEquals([atActs + atTimes, problems], [2, []]);
  }));
