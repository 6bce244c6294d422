import { z } from "../../base/deps/zod.ts";

/** What dcm2niix tells of an image in JSON (BIDS); only a few of its keys are named here. */
export const SIDECAR = z.looseObject({
  Modality: z.string().optional(),
  Manufacturer: z.string().optional(),
  SeriesDescription: z.string().optional(),
  SeriesNumber: z.number().optional(),
  ConversionSoftware: z.string().optional(),
  ConversionSoftwareVersion: z.string().optional(),
});

/** See {@linkcode SIDECAR}. */
export interface DicomSidecar {
  /** The kind of scanner, as "MR". */
  Modality?: string | undefined;
  /** Who made the scanner. */
  Manufacturer?: string | undefined;
  /** The series as the scanner names it. */
  SeriesDescription?: string | undefined;
  /** The series' number within its study. */
  SeriesNumber?: number | undefined;
  /** The program that converted it: "dcm2niix". */
  ConversionSoftware?: string | undefined;
  /** That program's version. */
  ConversionSoftwareVersion?: string | undefined;
}

/** A sidecar that is no JSON, or another than is wanted. */
export class DicomSidecarError extends Error {
  override readonly name = "DicomSidecarError";
}
