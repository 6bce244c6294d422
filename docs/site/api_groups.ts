/** The exports of `mod.ts` by what they are for, told by the files that hold them. */

/** Exports of one purpose. */
export interface ApiGroup {
  readonly title: string;
  /** What they are for, in Markdown. */
  readonly text: string;
  /** Beginnings of the paths of their files; of all groups' the longest that fits decides. */
  readonly files: readonly string[];
  /** The path of `deno.json` that exports them by itself, where there is one. */
  readonly path?: string;
}

/** Every group, those that most programs begin with first. */
export const API_GROUPS: readonly ApiGroup[] = [
  {
    title: "Train, load, evaluate, predict",
    text: "What the commands `train`, `evaluate` and `predict` do, with events and signals.",
    files: ["lib/workflows/runs/", "lib/learning/prediction/", "lib/workflows/devices/"],
    path: "training",
  },
  {
    title: "Settings",
    text:
      "The configuration of a run: schema, presets, single settings. See [settings](settings.md).",
    files: ["lib/base/config/", "lib/formats/files/resolve_config.ts"],
  },
  {
    title: "Look at data",
    text: "What a folder holds, what training would make of it, and what is wrong.",
    files: ["lib/workflows/inspect/"],
  },
  {
    title: "Data sets, labels, splits, batches",
    text: "From a folder to prepared slices, and back to the file's own grid.",
    files: ["lib/imaging/data/", "lib/base/task/", "lib/base/volume/slice_size.ts"],
  },
  {
    title: "Artifacts and suites",
    text: "Corrupted scans from a seed or from their record. See [stress-testing](challenge.md).",
    files: ["lib/imaging/artifacts/", "lib/workflows/artifact_files/", "lib/imaging/fft/"],
    path: "artifacts",
  },
  {
    title: "Metrics",
    text: "Scores of label maps and images, each with its rule for empty masks.",
    files: ["lib/imaging/metrics/", "lib/imaging/components/"],
    path: "metrics",
  },
  {
    title: "Statistics",
    text: "Intervals, paired tests and effect sizes, of scores.",
    files: ["lib/base/stats/"],
    path: "stats",
  },
  {
    title: "In notebooks",
    text: "Values that show themselves in Deno's Jupyter kernel. See [notebooks](notebooks.md).",
    files: ["lib/workflows/notebook/"],
    path: "notebook",
  },
  {
    title: "Studies",
    text:
      "Methods x seeds x test sets: plan, run, submit, sum up, show. See [studies](studies.md).",
    files: ["lib/workflows/study/", "lib/base/report/"],
    path: "study",
  },
  {
    title: "Challenges",
    text: "Models of any kind over corrupted test sets.",
    files: ["lib/workflows/challenge/"],
  },
  {
    title: "Scores of predictions made anywhere",
    text: "What `evaluate --predictions` does.",
    files: ["lib/workflows/scores/"],
  },
  {
    title: "Run folders",
    text: "The files of a run: log, checkpoints, evaluation, what was learnt of the data.",
    files: ["lib/formats/run_folder/"],
  },
  {
    title: "Networks for other programs, and theirs",
    text: "ONNX, safetensors, PyTorch's files, model cards. See [exchange](exchange.md).",
    files: ["lib/workflows/exchange/", "lib/formats/safetensors/", "lib/formats/pytorch/"],
  },
  {
    title: "In a browser",
    text: "A run's page, served or written as files. See [in the browser](view.md).",
    files: ["lib/workflows/view/"],
  },
  {
    title: "NIfTI and volumes",
    text: "Volumes with their geometry, as files and as bytes.",
    files: ["lib/formats/nifti/", "lib/base/volume/"],
    path: "nifti",
  },
  {
    title: "DICOM",
    text: "Series found, read and converted; segmentations written.",
    files: ["lib/formats/dicom/", "lib/workflows/dicom_files/"],
    path: "dicom",
  },
  {
    title: "TensorBoard",
    text: "Scalars as an event file.",
    files: ["lib/formats/tensorboard/"],
  },
  {
    title: "Phantom",
    text: "Synthetic cine hearts of five sites.",
    files: ["lib/imaging/phantom/", "lib/imaging/data/cases/write_phantom.ts"],
  },
  {
    title: "The method, part by part",
    text: "Networks, masks, hard examples, steps, methods to compare. See [the method](method.md).",
    files: [
      ...["lib/learning/models/", "lib/learning/latent/", "lib/learning/cooperative/"],
      ...["lib/learning/baselines/", "lib/learning/training/", "lib/learning/evaluation/"],
      "lib/learning/nn/",
    ],
  },
  {
    title: "Tensors",
    text: "The backend and its operators; `tf` is TensorFlow.js's core.",
    files: ["wasm/", "lib/gpu/"],
    path: "wasm",
  },
  {
    title: "Names, randomness, files",
    text: "What the rest is told by.",
    files: ["lib/names.ts", "lib/base/random/", "lib/formats/files/", "lib/base/deps/zod.ts"],
  },
  {
    title: "This machine",
    text: "What `doctor` and the cache tell.",
    files: [
      ...["lib/workflows/doctor/", "lib/imaging/data/cases/cache_place.ts"],
      "lib/imaging/data/cases/cache_contents.ts",
    ],
  },
];

/** The group of a file; undefined where none names it. */
export function groupOf(file: string): ApiGroup | undefined {
  const fits = API_GROUPS.flatMap((group) =>
    group.files.filter((start) => file.startsWith(start)).map((start) => ({ group, start }))
  );
  return fits.toSorted((a, b) => b.start.length - a.start.length)[0]?.group;
}
