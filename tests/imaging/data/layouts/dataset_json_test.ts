import { assertEquals } from "../../../deps.ts";
import {
  channelsOf,
  labelsOf,
  writtenLabels,
} from "../../../../lib/imaging/data/layouts/dataset_json.ts";

const parts = (labels: Parameters<typeof labelsOf>[0]) => labelsOf(labels, []);

Deno.test("labelsOf() reads both directions, by code, with background first whatever its name", () => {
  const wanted = [
    { name: "nothing", codes: [0] },
    { name: "b", codes: [1] },
    { name: "a", codes: [7] },
  ];
  assertEquals(parts({ a: 7, b: 1, nothing: 0 }), { labels: wanted });
  assertEquals(parts({ "7": "a", "1": "b", "0": "nothing" }), { labels: wanted });
  const problems: string[] = [];
  labelsOf({ ignore: 3 }, problems);
  assertEquals(problems.length, 2);
});

Deno.test("labelsOf() cuts regions that overlap, lie apart or are equal into parts that do not", () => {
  const { labels, regions } = parts({ background: 0, a: [1, 2], b: [2, 3], c: [4, 5], d: [4, 5] });
  assertEquals(labels, [
    { name: "background", codes: [0] },
    { name: "a without b", codes: [1] },
    { name: "a and b", codes: [2] },
    { name: "b without a", codes: [3] },
    { name: "c and d", codes: [4, 5] },
  ]);
  assertEquals(regions!.map(({ classes }) => classes), [[1, 2], [2, 3], [4], [4]]);
});

Deno.test("writtenLabels() gives what labelsOf() reads, one code a label", () => {
  const labels = { background: 0, whole: [1, 2, 3], core: [2, 3], ignore: 9 };
  const task = { ...parts(labels), channels: channelsOf({ "0": "T1" }) };
  assertEquals(task.labels.map(({ codes }) => codes), [[0], [1], [2, 3]]);
  assertEquals(writtenLabels(task), { background: 0, whole: [1, 2], core: 2, ignore: 9 });
});

Deno.test("channelsOf() keeps the order of numbers and gives each a name of its own", () => {
  assertEquals(channelsOf({ "10": "d", "0": "noNorm", "1": "noNorm", "2": " " }), [
    { name: "noNorm" },
    { name: "noNorm 2" },
    { name: "channel 2" },
    { name: "d" },
  ]);
});
