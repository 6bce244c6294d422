import { assertEquals } from "../../../deps.ts";
import { heartbeatsOfLines } from "../../../../lib/imaging/artifacts/physical/heartbeats.ts";

Deno.test("heartbeatsOfLines() spreads lines in order, in turn, or from the centre outwards", () => {
  assertEquals([...heartbeatsOfLines(7, 3, "sequential")], [0, 0, 0, 1, 1, 2, 2]);
  assertEquals([...heartbeatsOfLines(7, 3, "interleaved")], [0, 1, 2, 0, 1, 2, 0]);
  assertEquals([...heartbeatsOfLines(6, 3, "centric")], [2, 1, 0, 0, 1, 2]);
  assertEquals([...heartbeatsOfLines(2, 5, "sequential")], [0, 2]);
});
