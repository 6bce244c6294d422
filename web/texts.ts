/** All that the page says, in one place. */

const number = (value: number, digits = 3) => Number(value.toPrecision(digits)).toString();
const percent = (share: number) => `${Math.round(100 * share)} %`;

/** The page's words; functions where numbers or names go in. */
export const TEXTS = {
  title: (name: string) => `Tandem: ${name}`,
  heading: "Tandem",
  keeping: "Keeping this page for use without its server …",
  other: "Another version of this page is there now: reload it to have that one.",
  loading: "Loading the networks …",
  stays: "Nothing leaves this computer: files are read and segmented in this page.",
  model: (name: string, step: number, labels: readonly string[]) =>
    `Run ${name} after ${step} steps; segments ${labels.join(", ")}.`,
  backend: (threads: number, shared: boolean, relaxed: boolean, bytes: number) =>
    `${threads === 1 ? "One thread" : `${threads} threads`}${
      shared ? "" : ", since this page may not share memory"
    }${relaxed ? "" : ", without relaxed SIMD"}; weights of ${number(bytes / 1e6)} MB.`,
  drop: "Scan",
  dropHint: "Drop a NIfTI file or a folder of DICOM here, or choose:",
  chooseFile: "Choose a file",
  chooseFolder: "Choose a folder of DICOM",
  chooseLabel: "Choose its label map",
  notYet: "Cannot open a scan yet: the networks are not loaded.",
  nothingDropped: "Cannot open what was dropped: it holds no files.",
  tooMany: (path: string, most: number) =>
    `Cannot open ${path}: more than ${most} files were dropped; drop the folder of one scan.`,
  series: "Series",
  frame: "Time",
  reading: (name: string) => `Reading ${name} …`,
  segmenting: (name: string) => `Segmenting ${name} …`,
  segmented: (name: string, seconds: number) =>
    `${name} is segmented (${seconds.toFixed(1)} s in the networks).`,
  outlined: (seconds: number) => `${seconds.toFixed(1)} s from drop to outline.`,
  scan: (shape: readonly number[], spacing: readonly number[]) =>
    `${shape.join(" x ")} voxels of ${spacing.map((mm) => number(mm)).join(" x ")} mm`,
  viewer: "Slices of the scan with the outlines of its segmentation",
  noWebgl: (why: string) =>
    `Nothing can be drawn here (${why}); volumes, Dice and downloads work all the same.`,
  view: "View",
  views: { slice: "Slices", planes: "Three planes and volume", volume: "Volume" },
  slice: "Slice",
  shape: "Draw labels as",
  shapes: { outline: "Outlines", filled: "Areas" },
  opacity: (what: string) => `Opacity of ${what}`,
  show: "Show",
  layers: {
    stn: "Segmentation (STN, slow-thinking)",
    ftn: "Segmentation (FTN, fast-thinking)",
    label: "Given label",
    entropy: "Uncertainty (entropy, nats)",
  },
  results: "What the networks say",
  volumes: "Volumes in ml",
  label: "Label",
  networks: { ftn: "FTN", stn: "STN" },
  download: "Save the segmentation (.nii)",
  entropy: (value: number, limit: number | null | undefined) => {
    const known = limit === null || limit === undefined;
    const text = `Uncertainty ${number(value)} nats a pixel on average`;
    if (known) return `${text}; no validation tells from where on that is much.`;
    return value > limit
      ? `${text}, more than ${number(limit)}: look at this segmentation before you use it.`
      : `${text}, at most ${number(limit)}: as on volumes that validation found good.`;
  },
  disagreement: (value: number, limit: number | null | undefined) => {
    const text = `The two networks differ by ${percent(value)} (1 - Dice)`;
    if (limit === null || limit === undefined) return `${text}.`;
    return value > limit
      ? `${text}, more than ${percent(limit)}: they disagree, so look at this segmentation.`
      : `${text}, at most ${percent(limit)}: they agree.`;
  },
  lab: "Artifact lab",
  labHint: "Put an artifact on the scan and see where the networks break.",
  labFirst: "Give a scan first.",
  artifact: "Artifact",
  modes: { physical: "Physics of the scanner", torchio: "As TorchIO", monai: "As MONAI" },
  severity: (value: number) => `Severity: ${value} of 5`,
  severityAxis: "Severity",
  seed: "Seed",
  options: "Options",
  graded: "Those of the severity again",
  noJson: (name: string) => `Cannot take ${name}: wanted JSON, as 0.5 or [0.2, 0.5].`,
  otherFrame: "Choose another time of it",
  otherFrameFirst:
    "It mixes in the same slices at another time: choose that file, on the same grid.",
  otherFrameIs: (name: string) => `The other time is ${name}.`,
  drawCurve: "Draw the whole curve",
  stopCurve: "Stop",
  before: "Before",
  after: "After",
  making: "Making the artifact and segmenting …",
  dice: "Dice of the segmentation after the artifact",
  diceClean: "Against the clean segmentation",
  diceLabel: "Against the given label",
  mean: "Mean",
  noDice: "The artifact changes the grid: no Dice can be taken.",
  curve: "Mean Dice by severity",
  curveAlt: (points: string) => `Mean Dice by severity: ${points || "no point yet"}`,
  parameters: "Parameters (JSON)",
  line: "The command that makes the same voxels",
  lineDicom:
    "Make one NIfTI file of the scan first (tandem convert, for DICOM); then a command makes the same voxels.",
  saveCorrupted: "Save the corrupted scan (.nii)",
  training: "Training",
  study: "Study",
  studyHint: "A run that is there has a page of its own.",
  allRuns: "All runs of the study",
  served: "The server has ended; what was loaded goes on working.",
  reload: "Load the networks as they are now",
  step: "Step",
  loss: "Total loss",
  lossAlt: (step: number, loss: number | undefined) =>
    `Total loss up to step ${step}${loss === undefined ? "" : `: ${number(loss)}`}`,
  validation: "Dice of validations",
  noValidation: "There was no validation yet.",
  validationAlt: (latest: readonly string[]) => `Latest validation: ${latest.join(", ")}`,
  scores: { ftnDice: "FTN", stnDice: "STN" },
  pace: (
    state: "training" | "resting" | "evaluated",
    step: number,
    total: number | null,
    pace: number,
  ) => {
    const at = `Step ${step}${total === null ? "" : ` of ${total}`}`;
    if (state === "evaluated") return `${at}; trained and evaluated.`;
    if (state === "resting") return `${at}; no step for a while: it rests.`;
    const left = total === null || pace === 0
      ? ""
      : `, about ${Math.ceil((total - step) / pace / 60)} min left`;
    return `${at}; ${number(pace)} steps/s${left}.`;
  },
  hardExample: (step: number) => `Hard example of step ${step}`,
  hard: {
    images: "Slice",
    labels: "Its labels",
    corrupted: "Corrupted image",
    segmentation: "Corrupted segmentation",
  },
  mask: (code: "image" | "shape", scheme: string) => `Mask of the ${code} code (${scheme})`,
  jobs: (done: number, running: number, failed: number, left: number) =>
    `${done} done, ${running} running, ${failed} failed, ${left} left.`,
  jobTable: "Jobs of the study",
  job: "Job",
  state: "State",
  states: { done: "done", running: "running", failed: "failed", left: "left" },
  crashed: "The networks ended for want of memory; they are started anew. A smaller scan may fit.",
  failedAt: (what: string) => `Something went wrong: ${what}`,
  shown: number,
} as const;
