import type { OpenedLabel, OpenedScan, SegmentedScan } from "../worker/protocol.ts";

/** A scan and what came of it. */
export interface ScanState {
  readonly scan: OpenedScan;
  readonly found?: SegmentedScan;
  readonly label?: OpenedLabel;
}
