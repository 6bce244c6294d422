/**
 * DICOM: what a folder holds, and its series as NIfTI images, by dcm2niix in a thread of its own.
 *
 * @module
 */
export type { DicomImage, DicomSeries } from "./convert_series.ts";
export { DicomError, type DicomErrorCode } from "./dicom_error.ts";
export { type DicomHeader, isDicom } from "./dicom_header.ts";
export { type DicomSource, isDicomFolder } from "./find_dicom.ts";
export { type ReadDicomOptions, readDicomSeries, readDicomVolume } from "./read_dicom.ts";
export { type DicomFile, type DicomScan, type FoundSeries, scanDicom } from "./scan_dicom.ts";
export type { DicomSidecar } from "./sidecar.ts";
