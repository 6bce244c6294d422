/** What lies in a BIDS data set besides images. */
import { openDataset } from "../../../lib/imaging/data/cases/open_dataset.ts";
import { FUZZ_FOLDER, type FuzzTarget, textBytes } from "../target.ts";
import { SMALL_IMAGE, SMALL_LABEL } from "./small_volumes.ts";

const subjects = ["sub-01", "sub-02"];
const files: Record<string, Uint8Array | string> = Object.fromEntries(
  subjects.flatMap((subject) => [
    [`${subject}/anat/${subject}_T2w.nii.gz`, SMALL_IMAGE],
    [`derivatives/labels/${subject}/anat/${subject}_dseg.nii.gz`, SMALL_LABEL],
  ]),
);
const table =
  "index\tname\tcolor\n0\tbackground\tn/a\n1\theart\t#e69f00\n2\tvessel\tn/a\n3\tignore\tn/a\n";
const participants = [
  "participant_id\tsite\tage\nsub-01\tA\t40\n02\tB\tn/a\n",
  "participant_id\tage\nsub-01\t40\nsub-03\t41\n",
];
const description = {
  Name: "made",
  BIDSVersion: "1.9.0",
  Tandem: { image: ["T2w"], domain: "site" },
};
const own = "derivatives/labels/dseg.tsv";

function target(
  name: string,
  kind: FuzzTarget["kind"],
  file: string,
  seeds: readonly unknown[],
  domain?: string,
): FuzzTarget {
  const all: Record<string, Uint8Array | string> = { ...files, [own]: table };
  const { [file]: _, ...beside } = all;
  const place = `${FUZZ_FOLDER}/${name}`;
  return {
    ...{ name, kind, file, beside, seeds: seeds.map(textBytes), names: [place] },
    readers: [() => openDataset(place, "bids", domain === undefined ? {} : { bids: { domain } })],
    honest: ({ length }) => 64 * length + 2 ** 18,
  };
}

const sidecars = [{ Manufacturer: "Made", MagneticFieldStrength: 3, Site: "A" }, {
  Modality: "MR",
}];

/** See `targets.ts`. */
export const TARGETS: readonly FuzzTarget[] = [
  target("participants", "table", "participants.tsv", participants),
  target("bids-sidecar", "json", "sub-01/anat/sub-01_T2w.json", sidecars, "Manufacturer"),
  target("bids-sidecar-usual", "json", "sub-01/anat/sub-01_T2w.json", sidecars),
  target("bids-labels", "table", own, [table, table.replaceAll("color", "colour")]),
  target("bids-description", "json", "dataset_description.json", [
    ...[description, { Name: "made" }, { ...description, Tandem: { image: ["T2w", "T2w"] } }],
  ]),
];
