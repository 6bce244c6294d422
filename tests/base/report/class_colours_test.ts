import { classColour } from "../../../lib/base/report/class_colours.ts";
import { assertEquals } from "../../deps.ts";

Deno.test("classColour() gives each of many classes a colour of its own", () => {
  const colours = Array.from({ length: 120 }, (_, n) => classColour(n + 1).join());
  assertEquals(new Set(colours).size, 120);
  for (const channel of colours.join().split(",").map(Number)) {
    assertEquals(channel >= 0 && channel <= 255 && Number.isInteger(channel), true);
  }
});
