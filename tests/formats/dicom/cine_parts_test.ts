import { assertEquals } from "../../deps.ts";
import { cineParts } from "../../../lib/formats/dicom/cine_parts.ts";

const file = (z: number, triggerTime: number, instance: number) => ({
  ...{ orientation: [1, 0, 0, 0, 1, 0], position: [0, 0, z] },
  ...{ triggerTime, instance },
});

Deno.test("cineParts() sorts slices by place, and each slice's files by time", () => {
  const files = [file(8, 30, 4), file(0, 40, 2), file(8, 0, 3), file(0, 0, 1)];
  const [part, ...others] = cineParts(files)!;
  assertEquals(others, []);
  assertEquals(part!.inOrder, true);
  assertEquals(
    part!.times.map((slices) => slices.map(({ instance }) => instance)),
    [[1, 3], [2, 4]],
  );
  assertEquals(cineParts([file(0, 9, 1), file(0, 3, 2)])![0]!.inOrder, false);
});

Deno.test("cineParts() parts slices where the number of times changes", () => {
  const files = [0, 1, 2, 3].flatMap((slice) =>
    Array.from(
      { length: slice === 1 || slice === 2 ? 2 : 1 },
      (_, t) => file(slice * 8, 10 * t, slice * 2 + t),
    )
  );
  const counts = cineParts(files)!.map(({ times }) => [times[0]!.length, times.length]);
  assertEquals(counts, [[1, 1], [2, 2], [1, 1]]);
});

Deno.test("cineParts() is undefined where files have one time, none, no place or other planes", () => {
  const { position: _p, ...placeless } = file(0, 0, 1);
  const { triggerTime: _t, ...timeless } = file(0, 0, 1);
  const tilted = { ...file(0, 0, 1), orientation: [1, 0, 0, 0, 0, -1] };
  for (const odd of [placeless, timeless, tilted, file(8, 30, 4)]) {
    assertEquals(cineParts([odd, file(0, 30, 2)]), undefined);
  }
  assertEquals(cineParts([]), undefined);
});

Deno.test("cineParts() leaves delays after the R wave alone: equal ones, and those that jitter", () => {
  const dynamics = (delayOf: (slice: number, n: number) => number) =>
    [0, 1, 2].flatMap((slice) =>
      Array.from({ length: 6 }, (_, n) => file(slice * 8, delayOf(slice, n), n * 3 + slice))
    );
  assertEquals(cineParts(dynamics((slice) => 100 * slice)), undefined);
  assertEquals(cineParts(dynamics((_, n) => 200 + [3, -5, 1, 6, -2, 0][n]!)), undefined);
  // evenly apart, they are times whatever the numbers of their files say
  const cine = dynamics((_, n) => 30 * (5 - n));
  assertEquals(cineParts(cine)!.map(({ times, inOrder }) => [times.length, inOrder]), [[6, false]]);
});
