import { assertEquals } from "../../deps.ts";
import { scoredLabels } from "../../../lib/learning/evaluation/scored_labels.ts";

Deno.test("scoredLabels() leaves out background and what a data set lacks, and keeps the classes", () => {
  const labels = [
    { name: "background", codes: [0] },
    { name: "liver", codes: [1] },
    { name: "tumour", codes: [] },
    { name: "spleen", codes: [500, 7] },
  ];
  assertEquals(scoredLabels({ labels }), [
    { name: "liver", index: 1 },
    { name: "spleen", index: 3 },
  ]);
});
