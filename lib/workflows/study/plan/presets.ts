import type { PartialConfig } from "../../../base/config/config_schema.ts";
import type { MethodName, PresetName, StudyPresetName } from "../../../names.ts";

/** A study by name: what is compared, and, where no data set is given, on what. */
export interface StudyPreset {
  /** What it is for, in one sentence. */
  readonly summary: string;
  /** The first is what the others are tested against. */
  readonly methods: readonly MethodName[];
  /** Seeds of the training, one replicate each. */
  readonly seeds: readonly number[];
  /** Numbers of training subjects, ascending; null = all. */
  readonly trainingSubjects: readonly (number | null)[];
  /** Preset of the configuration where a data set is given. */
  readonly dataConfig: PresetName;
  /** Settings on top of the configuration's preset, with whatever data. */
  readonly settings: PartialConfig;
  /** Settings on top of those of `quick` where no data set is given. */
  readonly phantom: PartialConfig;
}

/** Ten subjects of site A to train on, two to validate, ten to test, and five of each other site. */
const PHANTOM: PartialConfig = {
  phantom: { subjects: 22, otherSubjects: 5 },
  data: { validationFraction: 2 / 22, testFraction: 10 / 22 },
};

/**
 * Three passes of the slow-thinking network are scored, to see where they lead, and severities on
 * more volumes than a single run takes.
 */
const EVALUATION = { evaluation: { refinements: 3, severityVolumes: 8 } } as const;

/** Three seeds, all training subjects, and the published schedule where there is data. */
const PUBLISHED = {
  seeds: [0, 1, 2],
  trainingSubjects: [null],
  dataConfig: "acdc-2021",
  settings: EVALUATION,
  phantom: PHANTOM,
} as const;

/** Studies by name. */
export const STUDY_PRESETS = {
  /** Whether all of it works, on small slices: no result to rely on. */
  "smoke": {
    summary: "A small run of everything, to see that it works",
    methods: ["standard", "dropout-only", "full"],
    seeds: [0],
    trainingSubjects: [null],
    dataConfig: "auto",
    settings: { training: { maxSteps: 150, batchSize: 6 }, evaluation: { refinements: 3 } },
    phantom: {
      phantom: { subjects: 8, otherSubjects: 1 },
      data: { size: 64, spacing: 2.4, validationFraction: 1 / 8, testFraction: 3 / 8 },
    },
  },
  /** The comparison of the publication, with methods in image space beside those on codes. */
  "table1": {
    summary: "The published comparison of methods",
    methods: [
      "standard",
      "segmentation-only",
      "separate-training",
      "rand-mwm",
      "rand-conv",
      "adversarial-noise",
      "adversarial-bias",
      "max-style",
      "dropout-only",
      "full",
    ],
    ...PUBLISHED,
  },
  /** Which part of the method does what. */
  "ablation": {
    summary: "The method part by part",
    methods: [
      "standard",
      "dropout-only",
      "channel-only",
      "spatial-only",
      "image-code-only",
      "shape-code-only",
      "separate-training",
      "post-dae",
      "full",
    ],
    ...PUBLISHED,
  },
  /** Dice against the number of training subjects. */
  "low-data": {
    summary: "The same methods with ever more training subjects",
    methods: ["standard", "adversarial-bias", "full"],
    seeds: [0, 1, 2],
    trainingSubjects: [1, 3, 10, null],
    dataConfig: "acdc-2021",
    settings: EVALUATION,
    // Twenty to train on, so that all are more than ten.
    phantom: {
      phantom: { subjects: 32, otherSubjects: 5 },
      data: { validationFraction: 2 / 32, testFraction: 10 / 32 },
    },
  },
} as const satisfies Record<StudyPresetName, StudyPreset>;

/** The preset where none is named. */
export const DEFAULT_STUDY_PRESET: StudyPresetName = "table1";
