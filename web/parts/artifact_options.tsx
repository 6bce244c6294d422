/** @jsx h */
// deno-lint-ignore-file verbatim-module-syntax -- JSX becomes calls of h
/// <reference lib="dom" />
import { h, useState } from "../deps/preact.ts";
import { TEXTS } from "../texts.ts";
import type { ArtifactOption, ListedArtifact } from "../worker/protocol.ts";

/** What a person has set of an artifact's options. */
export type OwnOptions = Readonly<Record<string, unknown>>;

/** All options of an artifact: those of the severity, and above them what a person sets. */
export function ArtifactOptions({ artifact, severity, own, onChange }: {
  readonly artifact: ListedArtifact;
  readonly severity: number;
  readonly own: OwnOptions;
  readonly onChange: (own: OwnOptions) => void;
}) {
  const [wrong, setWrong] = useState("");
  const values = { ...artifact.graded[severity - 1], ...own };
  const set = (name: string, text: string) => {
    try {
      onChange({ ...own, [name]: JSON.parse(text) });
      setWrong("");
    } catch {
      setWrong(name);
    }
  };
  return (
    <details id="options">
      <summary>{TEXTS.options}</summary>
      <div class="row">
        {artifact.options.map((option) => (
          <label key={option.name}>
            <code>{option.name}</code>
            <OptionInput
              option={option}
              value={values[option.name]}
              isWrong={wrong === option.name}
              onText={(text) => set(option.name, text)}
            />
          </label>
        ))}
        {Object.keys(own).length > 0 && (
          <button
            type="button"
            class="plain"
            onClick={() => {
              setWrong("");
              onChange({});
            }}
          >
            {TEXTS.graded}
          </button>
        )}
      </div>
      <div role="alert">{wrong && <p class="failed">{TEXTS.noJson(wrong)}</p>}</div>
    </details>
  );
}

/** Asks for the JSON of an option. */
function OptionInput({ option, value, isWrong, onText }: {
  readonly option: ArtifactOption;
  readonly value: unknown;
  readonly isWrong: boolean;
  readonly onText: (text: string) => void;
}) {
  const id = `option-${option.name}`, text = value === undefined ? "" : JSON.stringify(value);
  const hear = (event: { readonly currentTarget: { readonly value: string } }) =>
    onText(event.currentTarget.value);
  if (option.kind === "choice") {
    return (
      <select id={id} value={text} onChange={hear}>
        {option.values.map((one) => JSON.stringify(one)).map((one) => (
          <option key={one} value={one}>{one.replaceAll('"', "")}</option>
        ))}
      </select>
    );
  }
  return (
    <input
      id={id}
      aria-invalid={isWrong}
      {...option.kind === "json"
        ? { type: "text" }
        : { type: "number", step: "any", min: option.least, max: option.most }}
      value={text}
      onChange={hear}
    />
  );
}
