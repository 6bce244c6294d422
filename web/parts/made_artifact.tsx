/** @jsx h */
// deno-lint-ignore-file verbatim-module-syntax -- JSX becomes calls of h
/// <reference lib="dom" />
import { h } from "../deps/preact.ts";
import { TEXTS } from "../texts.ts";
import type { CorruptedScan } from "../worker/protocol.ts";
import { saveFile, stemOf } from "./save_file.ts";

/** How an artifact is made again: its parameters, the command, and the file. */
export function MadeArtifact({ made, scan }: {
  readonly made: CorruptedScan;
  /** The scan's name. */
  readonly scan: string;
}) {
  return (
    <div>
      <h3>{TEXTS.parameters}</h3>
      <pre
        id="parameters"
        tabIndex={0}
        aria-label={TEXTS.parameters}
      >{JSON.stringify(made.params)}</pre>
      <h3>{TEXTS.line}</h3>
      <pre id="line" tabIndex={0} aria-label={TEXTS.line}>{made.line ?? TEXTS.lineDicom}</pre>
      <p>
        <button
          type="button"
          class="plain"
          id="save-corrupted"
          onClick={() => saveFile(`${stemOf(scan)}_${made.request.name}.nii`, made.image)}
        >
          {TEXTS.saveCorrupted}
        </button>
      </p>
    </div>
  );
}
