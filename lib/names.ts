/**
 * The names that people type: of layouts, presets, methods, artifacts. Registries give each its entry,
 * and are typed so that a name without an entry, or an entry without a name, does not compile. This
 * file imports nothing, so that the command line can list names without loading what they stand for.
 */

/** How a data set lies on disk. */
export const LAYOUT_NAMES = ["acdc", "mnms", "folder", "nnunet", "decathlon", "bids"] as const;
/** The name of a layout. */
export type LayoutName = typeof LAYOUT_NAMES[number];

/** Settings to begin with. */
export const PRESET_NAMES = ["quick", "auto", "acdc-2021"] as const;
/** The name of a preset. */
export type PresetName = typeof PRESET_NAMES[number];

/** What a study compares. */
export const STUDY_PRESET_NAMES = ["smoke", "table1", "ablation", "low-data"] as const;
/** The name of a study's preset. */
export type StudyPresetName = typeof STUDY_PRESET_NAMES[number];

/** Where the runs of a study run: on this machine, as jobs of a cluster, or nowhere yet. */
export const STUDY_ENGINES = ["local", "slurm", "none"] as const;
/** The name of an engine. */
export type StudyEngine = typeof STUDY_ENGINES[number];
/** What tensors are computed on; `auto` is a graphics card where there is one. */
export const DEVICE_NAMES = ["cpu", "gpu", "auto"] as const;
/** The name of a device. */
export type DeviceName = typeof DEVICE_NAMES[number];

/** The phantom's sites, in order of their distance from site A. */
export const SITE_NAMES = ["A", "B", "C", "D", "E"] as const;
/** The name of a site. */
export type SiteName = typeof SITE_NAMES[number];

/** The networks whose segmentations are compared: the slow-thinking one is not in every method. */
export const NETWORKS = ["ftn", "stn"] as const;
/** The fast-thinking or the slow-thinking network. */
export type Network = typeof NETWORKS[number];

/** Something of each network that there is. */
export interface ByNetwork<T> {
  /** Of the fast-thinking network. */
  readonly ftn: T;
  /** Of the slow-thinking network; absent where the method has none. */
  readonly stn?: T;
}

/** What a class counts that is in neither prediction nor label. */
export const EMPTY_RULES = ["skip", "one", "zero"] as const;
/** The same as text, after "a class in neither mask". */
export const EMPTY_TEXTS = {
  skip: "is left out of the means",
  one: "counts as 1",
  zero: "counts as 0",
} as const satisfies Record<typeof EMPTY_RULES[number], string>;
/** As what a run's networks are exported. */
export const EXPORT_FORMATS = ["onnx", "safetensors"] as const;
/** The name of such a format. */
export type ExportFormat = typeof EXPORT_FORMATS[number];
/** How often slices are segmented: once, mirrored along both axes too, or turned by quarters too. */
export const TEST_TIMES = ["none", "flips", "rot90"] as const;
/** See {@linkcode TEST_TIMES}. */
export type TestTime = typeof TEST_TIMES[number];

/** What segmentations are written as. */
export const PREDICTION_FORMATS = ["nifti", "dicom-seg"] as const;
/** See {@linkcode PREDICTION_FORMATS}. */
export type PredictionFormat = typeof PREDICTION_FORMATS[number];

/** Every method, in the order of the published table: references, image space, latent space. */
export const METHOD_NAMES = [
  ...["segmentation-only", "standard", "separate-training", "post-dae"] as const,
  ...["rand-mwm", "rand-conv", "adversarial-noise", "adversarial-bias", "max-style"] as const,
  ...[
    "dropout-only",
    "channel-only",
    "spatial-only",
    "image-code-only",
    "shape-code-only",
  ] as const,
  "full",
  "robust",
] as const;
/** The name of a method. */
export type MethodName = typeof METHOD_NAMES[number];

/** Whose semantics artifacts follow: our physical models, TorchIO 1.x, or MONAI. */
export const ARTIFACT_MODES = ["physical", "torchio", "monai"] as const;
/** A kind of artifact. */
export type ArtifactMode = typeof ARTIFACT_MODES[number];

/** Subjects of a phantom's site at the most: their names have three digits. */
export const MOST_PHANTOM_SUBJECTS = 1000;

/** What `study run` ends with where another process has the run: EX_TEMPFAIL of sysexits.h. */
export const HELD_EXIT = 75;

/** Seconds that `maxTime` is at the most: a year. */
export const MOST_SECONDS = 31_536_000;

/** The artifacts of each mode, in the order in which they are listed. */
export const ARTIFACT_NAMES = {
  physical: [
    ...["motion", "respiration", "flow", "ghosting", "nyquist", "spike", "bias"] as const,
    ...["banding", "noise", "gibbs", "partial-fourier", "undersampling"] as const,
    ...["mistriggering", "misregistration", "low-field", "wrap-around"] as const,
  ],
  torchio: [
    ...["spike", "ghosting", "motion", "bias", "noise", "blur", "gamma"] as const,
    ...["anisotropy", "swap", "elastic", "affine"] as const,
  ],
  monai: ["spike", "gibbs", "contrast", "rician"],
} as const satisfies Record<ArtifactMode, readonly string[]>;
/** The name of an artifact of a mode. */
export type ArtifactName<Mode extends ArtifactMode = ArtifactMode> =
  typeof ARTIFACT_NAMES[Mode][number];

/** The suites of corrupted volumes. */
export const SUITE_NAMES = ["chen2021", "physical", "rood-mri"] as const;
/** The name of a suite. */
export type SuiteName = typeof SUITE_NAMES[number];

/** How often a challenge calls a program: once a set, or once a file. */
export const COMMAND_CALLS = ["set", "file"] as const;
/** See {@linkcode COMMAND_CALLS}. */
export type CommandCalls = typeof COMMAND_CALLS[number];

/** The datatypes of NIfTI that can be read and written; complex, RGB and 128-bit types cannot. */
export const NIFTI_DATATYPES = [
  ...["uint8", "int8", "int16", "uint16", "int32", "uint32", "int64", "uint64"] as const,
  ...["float32", "float64"] as const,
] as const;
/** A datatype of NIfTI. */
export type NiftiDatatype = typeof NIFTI_DATATYPES[number];
