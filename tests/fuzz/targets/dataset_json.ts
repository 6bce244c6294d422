/** `dataset.json` of nnU-Net and of the Medical Segmentation Decathlon. */
import { dirname } from "../../../lib/base/deps/std.ts";
import { openDataset } from "../../../lib/imaging/data/cases/open_dataset.ts";
import { type FuzzTarget, textBytes } from "../target.ts";
import { SMALL_IMAGE, SMALL_LABEL } from "./small_volumes.ts";

const names = ["case_001", "case_002"];
const nnunet = Object.fromEntries(
  names.flatMap((name) => [
    [`imagesTr/${name}_0000.nii.gz`, SMALL_IMAGE],
    [`labelsTr/${name}.nii.gz`, SMALL_LABEL],
    [`imagesTs/${name}x_0000.nii.gz`, SMALL_IMAGE],
  ]),
);
const decathlon = Object.fromEntries(
  names.flatMap((name) => [
    [`imagesTr/${name}.nii.gz`, SMALL_IMAGE],
    [`labelsTr/${name}.nii.gz`, SMALL_LABEL],
  ]),
);
const labels = { background: 0, heart: 1, vessel: 2, wall: 3 };
const ending = { file_ending: ".nii.gz", numTraining: 2 };
const second = [
  { name: "made", channel_names: { "0": "MR" }, labels, ...ending },
  {
    channel_names: { "0": "MR" },
    labels: { background: 0, whole: [1, 2, 3], core: [2, 3], inner: 3, ignore: 4 },
    ...{ regions_class_order: [1, 2, 3], ...ending },
    tandem: { cases: { case_001: { id: "c1", subject: "s", frame: "ED", domain: "A" } } },
  },
  {
    ...{ channel_names: { "0": "MR" }, labels, ...ending },
    dataset: Object.fromEntries(names.map((name) => [name, {
      images: [`imagesTr/${name}_0000.nii.gz`],
      label: `labelsTr/${name}.nii.gz`,
    }])),
  },
];
const byCode = { "0": "background", "1": "heart", "2": "vessel", "3": "wall" };
const listed = (name: string) => ({
  image: `./imagesTr/${name}.nii.gz`,
  label: `./labelsTr/${name}.nii.gz`,
});
const training = names.map(listed);

/** See `targets.ts`. */
export const TARGETS: readonly FuzzTarget[] = [
  {
    name: "nnunet-2",
    ...{
      kind: "json",
      file: "dataset.json",
      seeds: second.map(textBytes),
      beside: nnunet,
      share: 2,
    },
    readers: [(path) => openDataset(dirname(path), "auto")],
    names: ["/fuzz/nnunet-2"],
  },
  {
    name: "nnunet-1",
    ...{ kind: "json", file: "dataset.json", beside: nnunet, share: 2 },
    seeds: [
      { name: "made", modality: { "0": "MR" }, labels: byCode, training, test: [] },
      { modality: { "0": "MR", "1": " " }, labels: byCode, numTraining: 2, training },
    ].map(textBytes),
    readers: [(path) => openDataset(dirname(path), "nnunet", { labels: "optional" })],
    names: ["/fuzz/nnunet-1"],
  },
  {
    name: "decathlon",
    ...{ kind: "json", file: "dataset.json", beside: decathlon, share: 2 },
    seeds: [
      {
        name: "made",
        modality: { "0": "MR" },
        labels: byCode,
        training,
        test: ["./imagesTs/x.nii.gz"],
      },
      {
        ...{ modality: { "0": "MR" }, labels: byCode, test: [listed(names[0]!)] },
        training: names.map((name) => ({
          ...listed(name),
          id: name,
          subject: "s",
          frame: name,
          part: "train",
        })),
      },
    ].map(textBytes),
    readers: [(path) => openDataset(dirname(path), "auto", { labels: "optional" })],
    names: ["/fuzz/decathlon"],
  },
];
