/** The thread in which dcm2niix runs, so that it can be ended where it does not end by itself. */
import { serveTasks } from "../../base/workers/serve_tasks.ts";
import { dicomTools } from "./dicom_tools.ts";

/** A file by name. */
interface NamedFile {
  readonly name: string;
  readonly data: Uint8Array;
}

/** What goes to and fro; see `base/workers`. */
export interface Dcm2niixWork {
  readonly start: undefined;
  /** Files to convert, in order of their names. */
  readonly task: { readonly files: readonly NamedFile[]; readonly args: readonly string[] };
  /** What a run printed and wrote. */
  readonly result: {
    readonly exitCode: number;
    readonly lines: readonly string[];
    readonly files: readonly NamedFile[];
  };
  readonly news: never;
  readonly order: never;
}

serveTasks<Dcm2niixWork>(async () => {
  const { loadDcm2niix } = await dicomTools().load();
  return {
    async work({ files, args }) {
      const lines: string[] = [];
      const { FS, callMain } = await loadDcm2niix((line) => lines.push(line));
      FS.mkdir("/input");
      FS.mkdir("/output");
      for (const { name, data } of files) FS.createDataFile("/input", name, data, true, true);
      const exitCode = callMain([...args, "-o", "/output", "/input"]);
      const written = FS.readdir("/output").filter((name) => !name.startsWith(".")).sort();
      return {
        exitCode,
        lines,
        files: written.map((name) => ({ name, data: FS.readFile(`/output/${name}`).slice() })),
      };
    },
  };
});
