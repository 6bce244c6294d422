import { assertEquals, assertThrows } from "../../deps.ts";
import {
  connectedComponents,
  type Connectivity,
} from "../../../lib/imaging/components/connected_components.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";

/** Pieces by spreading from voxel to voxel: slow, and another way. */
function flooded(data: Uint8Array, shape: readonly [number, number, number], reach: number) {
  const [ni, nj, nk] = shape, found = new Int32Array(data.length);
  let pieces = 0;
  data.forEach((value, start) => {
    if (value === 0 || found[start] !== 0) return;
    found[start] = ++pieces;
    const waiting = [start];
    while (waiting.length > 0) {
      const at = waiting.pop()!;
      const [i, j, k] = [at % ni, Math.floor(at / ni) % nj, Math.floor(at / (ni * nj))];
      for (const dk of [-1, 0, 1]) {
        for (const dj of [-1, 0, 1]) {
          for (const di of [-1, 0, 1]) {
            const [x, y, z] = [i + di, j + dj, k + dk];
            if (Math.abs(di) + Math.abs(dj) + Math.abs(dk) > reach) continue;
            if (x < 0 || y < 0 || z < 0 || x >= ni || y >= nj || z >= nk) continue;
            const other = x + ni * (y + nj * z);
            if (data[other] !== value || found[other] !== 0) continue;
            found[other] = pieces;
            waiting.push(other);
          }
        }
      }
    }
  });
  return found;
}

Deno.test("connectedComponents() finds the pieces that spreading finds, by any connectivity", () => {
  const random = RandomStream.fromSeed(3);
  for (const shape of [[7, 6, 5], [11, 1, 4], [1, 9, 9]] as const) {
    const data = Uint8Array.from(
      { length: shape[0] * shape[1] * shape[2] },
      () => Math.max(0, random.integer(-1, 2)),
    );
    for (const [connectivity, reach] of [[6, 1], [18, 2], [26, 3]] as const) {
      const { pieceOf, sizes, classes } = connectedComponents({ data, shape }, connectivity);
      assertEquals(pieceOf, flooded(data, shape, reach), `${shape} by ${connectivity}`);
      sizes.forEach((size, piece) => {
        if (piece === 0) return;
        assertEquals(size, pieceOf.filter((one) => one === piece).length);
        assertEquals(classes[piece], data[pieceOf.indexOf(piece)]);
      });
    }
  }
});

Deno.test("connectedComponents() joins what meets late, and takes nothing of an empty map", () => {
  // A comb: its teeth are pieces of their own until the scan comes to the back.
  const data = Uint8Array.of(1, 0, 1, 0, 1, 1, 1, 1, 1, 1);
  assertEquals([...connectedComponents({ data, shape: [5, 2, 1] }, 6).sizes], [0, 8]);
  const none = connectedComponents({ data: new Uint8Array(8), shape: [2, 2, 2] }, 26);
  assertEquals([none.sizes, none.classes], [[0], [0]]);
});

Deno.test("connectedComponents() refuses another connectivity", () => {
  assertThrows(
    () => connectedComponents({ data: new Uint8Array(1), shape: [1, 1, 1] }, 8 as Connectivity),
    RangeError,
    "connectivity is 8",
  );
});
