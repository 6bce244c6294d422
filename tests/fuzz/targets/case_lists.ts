/** Lists of cases: tables and JSON of layout `folder`, ACDC's Info.cfg, M&Ms' table, divisions. */
import { dirname } from "../../../lib/base/deps/std.ts";
import { openDataset } from "../../../lib/imaging/data/cases/open_dataset.ts";
import { splitOfFile } from "../../../lib/imaging/data/splits/split_file.ts";
import { type FuzzTarget, textBytes } from "../target.ts";
import { SMALL_IMAGE, SMALL_LABEL } from "./small_volumes.ts";

const beside = Object.fromEntries(
  ["p1_ED", "p1_ES", "p2_ED", "p2_ES"].flatMap((name) => [
    [`${name}.nii`, SMALL_IMAGE],
    [`${name}_gt.nii`, SMALL_LABEL],
  ]),
);
const names = ["p1_ED", "p1_ES", "p2_ED"];
const tables = [
  `image,label,subject\n${names.map((n) => `${n}.nii,${n}_gt.nii,${n.slice(0, 2)}`).join("\n")}\n`,
  `id;image_T1;image_T2;label;domain;frame\n${
    names.map((n) => `"${n}";${n}.nii;p2_ES.nii;${n}_gt.nii;A;ED`).join("\r\n")
  }`,
  `sep=,\n,image,lable\n0,p1_ED.nii,\n1,p2_ED.nii,"x"\n`,
  `image\tlabel\tnote\np1_ED.nii\tp1_ED_gt.nii\t"a ""b"""\n`,
];
const cases = names.map((n) => ({
  image: `${n}.nii`,
  label: `${n}_gt.nii`,
  subject: n.slice(0, 2),
}));
const task = {
  labels: [{ name: "background", codes: [0] }, { name: "heart", codes: [1, 2, 3] }],
  channels: [{ name: "MR" }],
};
const lists = [
  ...[cases, { cases, task }, { cases, labelCodes: [0, 1, 2, 3], ignore: 255 }],
  { cases, labels: { background: 0, heart: [1, 2], vessel: 3 }, channels: ["MR"] },
  { cases: names.map((n) => ({ image_T1: `${n}.nii`, image_T2: `${n}.nii`, id: n, frame: 1 })) },
];

const patient = "patient001",
  frames = ["frame01", "frame12"].map((f) => `${patient}/${patient}_${f}`);
const acdc = Object.fromEntries(
  frames.flatMap((name) => [[`${name}.nii.gz`, SMALL_IMAGE], [`${name}_gt.nii.gz`, SMALL_LABEL]]),
);
const mnms = Object.fromEntries(
  ["A001", "B002", "A001_2"].flatMap((code) =>
    ["ED", "ES"].flatMap((frame) => [
      [`${code}/${code}_sa_${frame}.nii`, SMALL_IMAGE],
      [`${code}/${code}_sa_${frame}_gt.nii`, SMALL_LABEL],
    ])
  ),
);
const splitCases = ["a_ED", "a_ES", "b", "c", "d"].map((id) => ({
  ...{ id, subject: id.split("_")[0]!, imagePaths: [`/x/${id}_0000.nii.gz`] as [string] },
  ...id === "d" && { part: "test" as const },
}));

/** See `targets.ts`. */
export const TARGETS: readonly FuzzTarget[] = [
  {
    name: "list-csv",
    ...{ kind: "table", file: "cases.csv", seeds: tables.map(textBytes), beside, share: 2 },
    readers: [async (path) => {
      const dataset = await openDataset(dirname(path), "folder", { labels: "optional" });
      await dataset.cases[0]!.load();
    }],
    names: ["/fuzz/list-csv", "Cannot open /"],
    honest: ({ length }) => 64 * length + 2 ** 18,
  },
  {
    name: "list-json",
    ...{ kind: "json", file: "cases.json", seeds: lists.map(textBytes), beside, share: 2 },
    readers: [(path) => openDataset(path, "folder")],
    names: ["/fuzz/list-json", "Cannot open /"],
    honest: ({ length }) => 64 * length + 2 ** 18,
  },
  {
    name: "acdc-info",
    ...{ kind: "text", file: `${patient}/Info.cfg`, beside: acdc },
    seeds: ["ED: 1\nES: 12\nGroup: DCM\nHeight: 184.0\nNbFrame: 30\nWeight: 95.0\n"].map(textBytes),
    readers: [(path) => openDataset(dirname(dirname(path)), "acdc")],
    names: ["/fuzz/acdc-info"],
  },
  {
    name: "mnms-table",
    ...{ kind: "table", file: "vendors.csv", beside: mnms },
    seeds: [
      "External code,Vendor,Centre,ED,ES\nA001,A,1,0,12\nB002,B,2,1,9\n",
      "External code,Vendor,Subject,Domain\nA001,,A1,site x\nA001_2,,A1,site x\n",
      ",External code;Vendor\n0,A001,B\n",
    ].map(textBytes),
    readers: [(path) => openDataset(dirname(path), "auto")],
    names: ["/fuzz/mnms-table"],
  },
  {
    name: "splits",
    ...{ kind: "json", file: "splits_final.json", share: 2 },
    seeds: [
      [{ train: ["a_ED", "b"], val: ["c"] }, { train: ["b"], val: ["a_ES"] }],
      { train: ["a", "b"], validation: ["c"], test: ["d"] },
      [{ train: ["a", "b.nii.gz"], test: [] }],
    ].map(textBytes),
    readers: [
      (path, bytes) =>
        splitOfFile(new TextDecoder().decode(bytes), { path, fold: 0, cases: splitCases }),
    ],
  },
];
