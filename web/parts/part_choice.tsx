/** @jsx h */
// deno-lint-ignore-file verbatim-module-syntax -- JSX becomes calls of h
/// <reference lib="dom" />
import { h } from "../deps/preact.ts";
import { TEXTS } from "../texts.ts";
import type { ChosenParts, ScanParts } from "../worker/protocol.ts";

/** Which series and which time of what was given is open, where there are several. */
export function PartChoice({ parts: { series, frames }, onChoose }: {
  readonly parts: ScanParts;
  readonly onChoose: (chosen: ChosenParts) => void;
}) {
  if (!series && !frames) return null;
  const numbers = Array.from({ length: frames?.count ?? 0 }, (_, n) => `${n + 1}`);
  return (
    <div class="row">
      {series && (
        <Choice
          id="series"
          text={TEXTS.series}
          names={series.names}
          chosen={series.chosen}
          onChoose={(n) => onChoose({ series: n })}
        />
      )}
      {frames && (
        <Choice
          id="frame"
          text={TEXTS.frame}
          names={numbers}
          chosen={frames.chosen}
          onChoose={(n) => onChoose({ ...series && { series: series.chosen }, frame: n })}
        />
      )}
    </div>
  );
}

function Choice({ id, text, names, chosen, onChoose }: {
  readonly id: string;
  readonly text: string;
  readonly names: readonly string[];
  readonly chosen: number;
  readonly onChoose: (n: number) => void;
}) {
  return (
    <label>
      {text}
      <select
        id={id}
        value={chosen}
        onChange={(event) => onChoose(Number(event.currentTarget.value))}
      >
        {names.map((name, n) => <option key={n} value={n}>{name}</option>)}
      </select>
    </label>
  );
}
