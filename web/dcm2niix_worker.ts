/** The worker in which dcm2niix runs, with what it loads brought along. */
import { useDicomTools } from "../lib/formats/dicom/dicom_tools.ts";
import "../lib/formats/dicom/dcm2niix_worker.ts";

useDicomTools({
  load: () => import("../lib/base/deps/dcm2niix.ts"),
  worker: new URL(import.meta.url),
});
