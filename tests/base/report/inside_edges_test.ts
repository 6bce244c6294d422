import { insideEdges } from "../../../lib/base/report/inside_edges.ts";
import { assertEquals } from "../../deps.ts";

Deno.test("insideEdges() runs along the inside of each class", () => {
  // two neighbours, of which each keeps to its own pixels
  const edges = insideEdges([0, 0, 0, 0, 0, 2, 5, 0, 0, 2, 5, 0], 4, 3, 0.25);
  assertEquals(edges, [
    {
      label: 2,
      path: "M1 1h1v0.25h-1z" + "M1 1h0.25v2h-0.25z" + "M1 2.75h1v0.25h-1z" +
        "M1.75 1h0.25v2h-0.25z",
    },
    {
      label: 5,
      path: "M2 1h1v0.25h-1z" + "M2 1h0.25v2h-0.25z" + "M2 2.75h1v0.25h-1z" +
        "M2.75 1h0.25v2h-0.25z",
    },
  ]);
  assertEquals(insideEdges(new Uint8Array(6), 3, 2, 1), []);
});
