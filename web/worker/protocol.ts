/** What the page asks of its worker, and what it is told; see `lib/base/workers`. */
import type { ArtifactMode, Network } from "../../lib/names.ts";
import type { PageModel } from "../../lib/workflows/view/page_model.ts";

/** A file that a person gave, and its path within what was given. */
export interface GivenFile {
  readonly path: string;
  readonly file: Blob;
}

/** Which backend runs. */
export interface BackendInfo {
  readonly threads: number;
  readonly sharedMemory: boolean;
  readonly relaxedSimd: boolean;
}

/** What could be opened of what was given, where that is more than one image. */
export interface ScanParts {
  readonly series?: { readonly names: readonly string[]; readonly chosen: number };
  /** Times, or other images, on one grid each. */
  readonly frames?: { readonly count: number; readonly chosen: number };
}

/** Which of several series and times to open; the first ones by default. */
export interface ChosenParts {
  readonly series?: number;
  readonly frame?: number;
}

/** A scan that was read. */
export interface OpenedScan {
  readonly name: string;
  readonly shape: readonly [number, number, number];
  /** mm. */
  readonly spacing: readonly [number, number, number];
  /** The patient's axis that slices are stacked along, and their number. */
  readonly along: "R" | "A" | "S";
  readonly slices: number;
  /** Uncompressed NIfTI: the first channel. */
  readonly image: Uint8Array<ArrayBuffer>;
  /** Whether `artifacts apply` reads what was given: one NIfTI file of one volume. */
  readonly oneFile: boolean;
  readonly parts: ScanParts;
  readonly warnings: readonly string[];
}

/** Dice (0-1) by the name of the label, null where neither mask holds it, and the mean. */
export interface LabelDice {
  readonly byLabel: Readonly<Record<string, number | null>>;
  readonly mean: number | null;
}

/** Classes as pictures: uncompressed NIfTI of one byte a voxel. */
export interface Overlay {
  readonly outline: Uint8Array<ArrayBuffer>;
  readonly filled: Uint8Array<ArrayBuffer>;
}

/** What the networks say of a scan. */
export interface SegmentedScan {
  readonly networks: { readonly ftn: Overlay; readonly stn?: Overlay };
  /** The segmentation as `tandem predict` writes it, uncompressed. */
  readonly codes: Uint8Array<ArrayBuffer>;
  /** Nats, as NIfTI. */
  readonly entropy: Uint8Array<ArrayBuffer>;
  /** ml by label, of each network. */
  readonly volumes: Readonly<Partial<Record<Network, Readonly<Record<string, number>>>>>;
  /** How unsure the volume as a whole is, and how far the networks differ (1 - Dice). */
  readonly flags: { readonly entropy: number; readonly disagreement?: number };
  readonly seconds: number;
}

/** A label that a person gave beside the scan. */
export interface OpenedLabel extends Overlay {
  readonly name: string;
}

/** An artifact to make. */
export interface ArtifactRequest {
  readonly name: string;
  readonly mode: ArtifactMode;
  readonly severity: 1 | 2 | 3 | 4 | 5;
  readonly seed: number;
  /** Options above those of the severity. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** A scan with an artifact, and what the networks make of it. */
export interface CorruptedScan {
  readonly request: ArtifactRequest;
  readonly params: unknown;
  /** As `tandem artifacts apply` writes it, uncompressed. */
  readonly image: Uint8Array<ArrayBuffer>;
  readonly overlay: Overlay;
  /** Against the segmentation of the scan as it was; null where the artifact moves the grid. */
  readonly clean: LabelDice | null;
  /** Against the label that was given, where there is one. */
  readonly label?: LabelDice | null;
  /** The command that makes the same voxels; absent where what was given is no single file. */
  readonly line?: string;
}

/** A point of the curve of an artifact. */
export interface CurvePoint {
  readonly severity: number;
  readonly clean: LabelDice | null;
  readonly label?: LabelDice | null;
}

/** An option of an artifact, as a person is asked for it: one of some values, a number, or any JSON. */
export type ArtifactOption =
  & { readonly name: string }
  & (
    | { readonly kind: "choice"; readonly values: readonly unknown[] }
    | { readonly kind: "number"; readonly least?: number; readonly most?: number }
    | { readonly kind: "json" }
  );

/** An artifact in a list. */
export interface ListedArtifact {
  readonly name: string;
  readonly mode: ArtifactMode;
  readonly summary: string;
  /** Whether it needs the same slices at another time. */
  readonly needsOtherFrame: boolean;
  readonly options: readonly ArtifactOption[];
  /** What the options are at severities 1 to 5. */
  readonly graded: readonly Readonly<Record<string, unknown>>[];
}

/** What the worker is asked, by kind, and what it answers. */
export interface Tasks {
  readonly model: {
    readonly task: { readonly kind: "model" };
    readonly result: {
      readonly model: PageModel;
      readonly backend: BackendInfo;
      readonly artifacts: readonly ListedArtifact[];
      readonly notices: readonly string[];
    };
  };
  readonly open: {
    readonly task: {
      readonly kind: "open";
      readonly files: readonly GivenFile[];
      readonly chosen: ChosenParts;
    };
    readonly result: OpenedScan;
  };
  readonly segment: {
    readonly task: { readonly kind: "segment" };
    readonly result: SegmentedScan;
  };
  readonly label: {
    readonly task: { readonly kind: "label"; readonly files: readonly GivenFile[] };
    readonly result: OpenedLabel;
  };
  readonly otherFrame: {
    readonly task: { readonly kind: "otherFrame"; readonly files: readonly GivenFile[] };
    readonly result: { readonly name: string };
  };
  readonly corrupt: {
    readonly task: { readonly kind: "corrupt"; readonly request: ArtifactRequest };
    readonly result: CorruptedScan;
  };
  readonly curve: {
    readonly task: { readonly kind: "curve"; readonly request: ArtifactRequest };
    readonly result: readonly CurvePoint[];
  };
}

/** What is said meanwhile. */
export type News =
  | { readonly kind: "progress"; readonly done: number }
  | { readonly kind: "point"; readonly point: CurvePoint };

/** The worker's protocol. */
export interface PageWork {
  readonly start: {
    /** Threads in all; null = as the machine has. */
    readonly threads: number | null;
    /** The address of the folder of `model.json`. */
    readonly base: string;
  };
  readonly task: Tasks[keyof Tasks]["task"];
  readonly result: Tasks[keyof Tasks]["result"];
  readonly news: News;
  /** Ends a curve under way. */
  readonly order: "stop";
}
