/** How the voxels of one label of one volume are judged; ignored ones count nowhere. */
export interface VoxelCounts {
  /** In prediction and reference. */
  readonly tp: number;
  /** In the prediction alone. */
  readonly fp: number;
  /** In the reference alone. */
  readonly fn: number;
  /** In neither. */
  readonly tn: number;
}
