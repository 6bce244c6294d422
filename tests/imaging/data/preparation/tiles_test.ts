import { tilesOf, tileWeights } from "../../../../lib/imaging/data/preparation/tiles.ts";
import { assert, assertEquals, assertThrows } from "../../../deps.ts";

const tile = { height: 32, width: 48 };

Deno.test("tilesOf() covers a slice to its edges, neighbours half a tile apart at most", () => {
  assertEquals(tilesOf(tile, tile), [{ x: 0, y: 0 }]);
  const places = tilesOf({ height: 71, width: 100 }, tile);
  const columns = [...new Set(places.map(({ x }) => x))],
    rows = [...new Set(places.map(({ y }) => y))];
  assertEquals([columns[0], columns.at(-1), rows[0], rows.at(-1)], [0, 52, 0, 39]);
  for (const [starts, side] of [[columns, 48], [rows, 32]] as const) {
    starts.slice(1).forEach((start, n) => assert(start - starts[n]! <= side / 2));
  }
  assertThrows(() => tilesOf({ height: 16, width: 100 }, tile), RangeError, "a side is 16");
});

Deno.test("tileWeights() is largest in the middle, alike on both sides, and nowhere 0", () => {
  const weights = tileWeights(tile), at = (x: number, y: number) => weights[y * 48 + x]!;
  assertEquals(Math.max(...weights), at(23, 15));
  assertEquals(at(0, 0), at(47, 31));
  assert(weights.every((weight) => weight > 0));
});
