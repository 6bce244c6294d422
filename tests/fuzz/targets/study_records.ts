/** What a study's folder holds, and what its page and tables make of it. */
import { dirname } from "../../../lib/base/deps/std.ts";
import { layerSettings } from "../../../lib/base/config/layer_settings.ts";
import { caseSection } from "../../../lib/workflows/study/page/case_section.ts";
import { hardExampleSection } from "../../../lib/workflows/study/page/hard_example_section.ts";
import { readPageData } from "../../../lib/workflows/study/page/page_data.ts";
import { loadPlan, studyFolder } from "../../../lib/workflows/study/plan/study_folder.ts";
import { readKeptCases } from "../../../lib/workflows/study/results/kept_cases.ts";
import { openStudy } from "../../../lib/workflows/study/results/open_study.ts";
import { FUZZ_FOLDER, type FuzzTarget, textBytes } from "../target.ts";
import { EVALUATION, HARD_EXAMPLE } from "./run_records.ts";

const plan = {
  ...{ format: 1, preset: "table1", methods: ["full", "rand-mwm"], trainingSubjects: [null, 4] },
  replicates: [{ seed: 0, split: null, fold: null }, { seed: 1, split: "acdc-10/cval0", fold: 2 }],
  tests: [{ name: "other", dir: "/data/other", layout: "acdc" }],
  settings: { training: { epochs: 2 }, data: { dir: "/data" } },
};
const pixels = new Uint8Array(16).map((_, n) => n % 3).toBase64();
const picture = {
  ...{
    role: "best",
    set: "Site A",
    id: "A1_ED",
    dice: { ftn: 0.8, stn: 0.9 },
    slice: 0,
    slices: 2,
  },
  ...{ image: pixels, label: pixels, ftn: pixels },
};
const kept = { format: 2, cases: [{ ...picture, height: 4, width: 4 }] };
const older = { format: 1, cases: [{ ...picture, size: 4 }] };

/** A run's folder, of which one file is spoilt; the page is drawn from it. */
const run: Readonly<Record<string, unknown>> = {
  "config.json": layerSettings({ preset: "quick" }),
  "evaluation.json": EVALUATION,
  "log.jsonl": '{"step":1,"epoch":1,"total":0.5,"seconds":0.1}\n',
  "metrics.csv": "epoch,step,mean\n1,10,0.5\n",
  "division.json": { train: ["A2"], validation: [], test: ["A1"] },
  "cases.json": kept,
  "hard_examples/step_000010.json": HARD_EXAMPLE,
};

function pageOf(file: string, kind: FuzzTarget["kind"]): FuzzTarget {
  const name = `page-${file.split("/")[0]!.split(".")[0]!.replace("_", "-")}`;
  const { [file]: own, ...others } = run;
  return {
    ...{
      name,
      kind,
      file,
      seeds: [textBytes(own)],
      names: [`${FUZZ_FOLDER}/${name}`, "Cannot sum up"],
    },
    beside: Object.fromEntries(Object.entries(others).map(([at, value]) => [at, textBytes(value)])),
    readers: [async () => {
      const data = await readPageData(`${FUZZ_FOLDER}/${name}`);
      return [hardExampleSection(data), caseSection(data)];
    }],
    honest: ({ length }) => 200 * length + 2 ** 20,
    // Intervals are drawn again for each.
    share: 0.3,
  };
}

/** See `targets.ts`. */
export const TARGETS: readonly FuzzTarget[] = [
  {
    name: "study",
    ...{ kind: "json", file: "study.json", seeds: [textBytes(plan)], share: 2 },
    readers: [(path) => loadPlan(studyFolder(dirname(path)))],
  },
  {
    name: "study-jobs",
    ...{ kind: "json", file: "study.json", seeds: [textBytes(plan)] },
    readers: [(path) => openStudy(dirname(path))],
    names: [`${FUZZ_FOLDER}/study-jobs`],
  },
  {
    name: "kept-cases",
    ...{ kind: "json", file: "cases.json", seeds: [kept, older].map(textBytes) },
    readers: [(path) => readKeptCases(path)],
  },
  pageOf("evaluation.json", "json"),
  pageOf("metrics.csv", "table"),
  pageOf("cases.json", "json"),
  pageOf("hard_examples/step_000010.json", "json"),
];
