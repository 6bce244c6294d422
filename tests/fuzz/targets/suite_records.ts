/** Manifests of suites, `replay`, and the parameters of artifacts. */
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { parseNifti } from "../../../lib/formats/nifti/parse_nifti.ts";
import { fingerprint } from "../../../lib/imaging/artifacts/suites/fingerprint.ts";
import { ARTIFACTS } from "../../../lib/imaging/artifacts/registry.ts";
import { parseSuiteManifest } from "../../../lib/imaging/artifacts/suites/manifest.ts";
import { openOrigin } from "../../../lib/workflows/artifact_files/origin.ts";
import { replayManifest } from "../../../lib/workflows/artifact_files/replay_manifest.ts";
import { smallCase } from "../../imaging/artifacts/small_case.ts";
import { type FuzzTarget, textBytes } from "../target.ts";
import { SMALL_IMAGE, SMALL_LABEL } from "./small_volumes.ts";

const sha = "0".repeat(64), statistics = { min: 0, mean: 0.5, max: 1 };
const volume = {
  ...{ set: "noise-1", case: "p1_ED", repeat: 1, severity: 1, preparation: "none" },
  steps: [{ mode: "physical", artifact: "noise", params: { snr: 10, seed: 3 } }],
  ...{ input: { image: sha, label: sha }, output: { image: sha, label: sha } },
  files: { image: "noise-1/p1/ED.nii.gz", label: "noise-1/p1/ED_gt.nii.gz" },
  ...{ psnr: 30, ssim: null, intensity: { before: statistics, after: statistics } },
};
const manifest = {
  ...{
    schema: "tandem-artifact-suite/2",
    suite: "chen2021",
    suiteVersion: 1,
    madeBy: "tandem 0.1.0",
  },
  ...{ seed: 0, repeats: 1, volumes: [volume, { ...volume, channel: 1 }] },
};
const dataset = { kind: "dataset", path: "/fuzz/replay", layout: "folder" };
const phantom = { kind: "phantom", site: "A", subjects: 2, seed: 0, only: ["A000"] };
const older = {
  ...{ ...manifest, schema: "tandem-artifact-suite/1" },
  volumes: [{ ...volume, input: { image: sha, otherPhase: sha } }],
};

const image = parseNifti(SMALL_IMAGE, "image.nii").volume;
const replayed = {
  ...volume,
  input: {
    image: await fingerprint({ ...image, data: Float32Array.from(image.data) }),
    label: await fingerprint(parseNifti(SMALL_LABEL, "label.nii").volume),
  },
};

const small = smallCase();
const params = ARTIFACTS.map((artifact) => {
  const draws = RandomStream.fromSeed(1).stream(artifact.mode, artifact.name);
  return textBytes({
    ...{ mode: artifact.mode, artifact: artifact.name },
    params: artifact.sample(artifact.optionsOf(3), draws, small.volume),
  });
});

/** What the command line takes of `--params`: a JSON object; anything else it refuses by itself. */
function objectOf(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** See `targets.ts`. */
export const TARGETS: readonly FuzzTarget[] = [
  {
    name: "manifest",
    ...{ kind: "json", file: "manifest.json", share: 2 },
    seeds: [{ ...manifest, origin: dataset }, { ...manifest, origin: phantom }, older].map(
      textBytes,
    ),
    readers: [(path, bytes) => parseSuiteManifest(new TextDecoder().decode(bytes), path)],
  },
  {
    name: "suite-origin",
    ...{ kind: "json", file: "manifest.json" },
    seeds: [phantom, { ...phantom, only: [] }].map((origin) =>
      textBytes({ ...manifest, volumes: [], origin })
    ),
    readers: [async (path, bytes) => {
      const { origin } = parseSuiteManifest(new TextDecoder().decode(bytes), path);
      if (origin !== undefined) await openOrigin(origin);
    }],
    names: [
      "manifest.json",
      "Cannot open",
      "Cannot select subjects",
      "Cannot tell how",
      "Cannot use",
    ],
    honest: ({ length }) => 64 * length + 2 ** 22,
  },
  {
    name: "replay",
    ...{ kind: "json", file: "manifest.json", share: 0.2 },
    seeds: [
      { ...manifest, volumes: [replayed], origin: dataset },
      { ...manifest, volumes: [replayed, { ...replayed, set: "noise-2" }], origin: dataset },
    ].map(textBytes),
    beside: {
      "cases.json": JSON.stringify([{
        image: "p1_ED.nii",
        label: "p1_ED_gt.nii",
        subject: "p1",
        frame: "ED",
      }]),
      ...{ "p1_ED.nii": SMALL_IMAGE, "p1_ED_gt.nii": SMALL_LABEL },
    },
    readers: [(path) => replayManifest(path, { threads: 1 })],
    names: [
      "/fuzz/replay",
      "Cannot replay",
      "Cannot open the clean volumes",
      "Cannot select subjects",
    ],
    honest: ({ length }) => 64 * length + 2 ** 22,
  },
  {
    name: "params",
    ...{ kind: "json", file: "params.json", seeds: params, share: 2 },
    readers: [(_, bytes) => {
      const given = objectOf(bytes);
      const artifact = ARTIFACTS.find(({ mode, name }) =>
        mode === given?.mode && name === given?.artifact
      );
      if (artifact === undefined || given?.params === undefined) return;
      artifact.apply(small.volume, given.params, small.context);
      artifact.applyToLabel(small.label, given.params);
    }],
    names: ["Cannot apply", "Cannot keep"],
    honest: ({ length }) => 64 * length + 2 ** 23,
  },
];
