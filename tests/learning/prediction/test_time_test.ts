import { assertEquals } from "../../deps.ts";
import { addView, viewOfStack, viewsOf } from "../../../lib/learning/prediction/test_time.ts";

const stack = {
  images: Float32Array.from({ length: 2 * 3 * 2 }, (_, n) => n),
  ...{ slices: 2, channels: 1, height: 2, width: 3, tile: { height: 1, width: 3 } },
};

Deno.test("addView() brings back what a view shows, by any of them", () => {
  for (const testTime of ["none", "flips", "rot90"] as const) {
    const views = viewsOf(testTime);
    assertEquals(views.length, testTime === "none" ? 1 : 4);
    const seen = new Set<string>();
    for (const view of views) {
      const shown = viewOfStack(stack, view);
      seen.add(shown.images.slice(0, 6).join());
      // Two "classes", the pixel's number and half of it.
      const likely = Float32Array.from(
        { length: 24 },
        (_, n) => shown.images[n >> 1]! / (1 + n % 2),
      );
      const sum = new Float32Array(24).fill(1);
      addView(sum, likely, stack, view);
      const wanted = Float32Array.from({ length: 24 }, (_, n) => 1 + (n >> 1) / (1 + n % 2));
      assertEquals(sum, wanted);
    }
    assertEquals(seen.size, views.length);
  }
});

Deno.test("viewOfStack() turns size and tile with the slices", () => {
  const turned = viewOfStack(stack, viewsOf("rot90")[1]!);
  assertEquals([turned.height, turned.width, turned.tile], [3, 2, { height: 3, width: 1 }]);
  assertEquals([...turned.images.slice(0, 6)], [3, 0, 4, 1, 5, 2]);
});

Deno.test("viewsOf() exchanges pairs of left and right where their axis is reversed, and leaves out quarter turns", () => {
  const partners = [0, 2, 1];
  const exchanged = (testTime: "flips" | "rot90", axis: 0 | 1 | null) =>
    viewsOf(testTime, { partners, axis }).map(({ classes }) => classes !== undefined);
  assertEquals(exchanged("flips", 0), [false, true, false, true]);
  assertEquals(exchanged("flips", 1), [false, false, true, true]);
  assertEquals(exchanged("flips", null), [false, false, false, false]);
  assertEquals(exchanged("rot90", 0), [false, true]);
  const sum = new Float32Array(3);
  const [, mirrored] = viewsOf("flips", { partners, axis: 0 });
  addView(sum, Float32Array.of(0.1, 0.2, 0.7), { slices: 1, height: 1, width: 1 }, mirrored!);
  assertEquals(sum, Float32Array.of(0.1, 0.7, 0.2));
});
