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
  Modality?: string | undefined;
  Manufacturer?: string | undefined;
  SeriesDescription?: string | undefined;
  SeriesNumber?: number | undefined;
  ConversionSoftware?: string | undefined;
  ConversionSoftwareVersion?: string | undefined;
}

/** A sidecar that is no JSON, or another than is wanted. */
export class DicomSidecarError extends Error {
  override readonly name = "DicomSidecarError";
}
