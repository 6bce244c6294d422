/**
 * The one place that pins dcm2niix (its own WASM build, with JPEG, JPEG-LS and JPEG 2000) and
 * dicom-parser. Only what reads DICOM imports this module, when it does: the WASM weighs 0.9 MB.
 */
import dicomParser from "npm:dicom-parser@1.8.21";
import "npm:@niivue/dcm2niix@1.2.0";

/** Reads the elements of a DICOM file. */
export const parseDicom = dicomParser.parseDicom;

/** A DICOM file's elements. */
export type DicomElements = ReturnType<typeof parseDicom>;

/** What of the Emscripten module behind dcm2niix is used. */
export interface Dcm2niixModule {
  readonly FS: {
    mkdir(path: string): void;
    createDataFile(
      folder: string,
      name: string,
      data: Uint8Array,
      canRead: boolean,
      canWrite: boolean,
    ): void;
    readdir(path: string): string[];
    readFile(path: string): Uint8Array;
  };
  /** Runs the program and gives its exit code. */
  callMain(args: string[]): number;
}

/**
 * A fresh dcm2niix, of which each can run once. The package's own class runs this module too, but
 * prints warnings to the terminal and keeps no file of a run that does not exit with 0.
 *
 * @param print Gets each line that the program prints.
 */
export async function loadDcm2niix(print: (line: string) => void): Promise<Dcm2niixModule> {
  const { default: load } = await import(dcm2niixFiles()[0].href);
  return await load({ print, printErr: print });
}

/** Its module and the binary beside it; a page knows no packages: there they lie beside the bundle. */
export function dcm2niixFiles(): readonly [URL, URL] {
  const home = import.meta.resolve("npm:@niivue/dcm2niix@1.2.0");
  const place = home.startsWith("npm:") ? import.meta.url : home;
  return [new URL("./dcm2niix.jpeg.js", place), new URL("./dcm2niix.jpeg.wasm", place)];
}
