/**
 * What Jupyter notebooks show of volumes, runs, scores and studies, and how far work is: `tandem/notebook`.
 *
 * @module
 */
export type { TableCell, TextTable } from "../../base/report/text_table.ts";
export type { MimeBundle } from "./mime_bundle.ts";
export { type Broadcast, NotebookProgress, notebookProgress } from "./notebook_progress.ts";
export { showArtifact } from "./show_artifact.ts";
export { showLosses } from "./show_losses.ts";
export { ShownPicture } from "./shown_picture.ts";
export { ShownTable } from "./shown_table.ts";
export { showPicture } from "./show_picture.ts";
export { showScores } from "./show_scores.ts";
export { showSeverities } from "./show_severities.ts";
export { showStudy, type StudyTableName } from "./show_study.ts";
export { showVolume, type ShowVolumeOptions } from "./show_volume.ts";
