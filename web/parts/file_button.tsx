/** @jsx h */
// deno-lint-ignore-file verbatim-module-syntax -- JSX becomes calls of h
/// <reference lib="dom" />
import { h } from "../deps/preact.ts";
import type { GivenFile } from "../worker/protocol.ts";

/** What a button asks for. */
export interface FileButtonProps {
  readonly id: string;
  readonly text: string;
  /** A folder with all that lies in it. */
  readonly folder?: boolean;
  /** Several files, one a channel. */
  readonly several?: boolean;
  readonly plain?: boolean;
  readonly disabled?: boolean;
  readonly onFiles: (files: GivenFile[]) => void;
}

/** A button that lets a person choose files. */
export function FileButton(props: FileButtonProps) {
  const { id, text, folder = false, several = false, plain = false, disabled = false } = props;
  return (
    <label class={plain ? "file plain" : "file"}>
      <input
        id={id}
        type="file"
        multiple={several || folder}
        disabled={disabled}
        {...folder ? { webkitdirectory: true } : {}}
        onChange={(event) => {
          const input = event.currentTarget;
          const files = givenFrom([...input.files ?? []]);
          // The same file may be chosen again.
          input.value = "";
          if (files.length > 0) props.onFiles(files);
        }}
      />
      <span>{text}</span>
    </label>
  );
}

/** Files with the paths that they have in what was given. */
export function givenFrom(files: readonly File[]): GivenFile[] {
  return files.map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}
