/** What DICOM is read with, loaded when it is wanted. */

/** Not written out in `import()`, or Deno would fetch it before anything runs. */
const DCM2NIIX = "../../base/deps/dcm2niix.ts";

/** Where the tools are. */
export interface DicomTools {
  /** Loads dcm2niix and the parser of elements. */
  load(): Promise<typeof import("../../base/deps/dcm2niix.ts")>;
  /** The module of the thread in which dcm2niix runs. */
  readonly worker: URL;
}

let tools: DicomTools = {
  load: () => import(DCM2NIIX),
  worker: new URL("./dcm2niix_worker.ts", import.meta.url),
};

/** The tools in use. */
export function dicomTools(): DicomTools {
  return tools;
}

/** Gives others: a page loads no modules by their names, its bundles bring them along. */
export function useDicomTools(others: DicomTools): void {
  tools = others;
}
