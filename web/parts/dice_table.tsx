/** @jsx h */
// deno-lint-ignore-file verbatim-module-syntax -- JSX becomes calls of h
/// <reference lib="dom" />
import { h } from "../deps/preact.ts";
import { TEXTS } from "../texts.ts";
import type { CorruptedScan, LabelDice } from "../worker/protocol.ts";

/** The Dice of a corrupted scan's segmentation, by label. */
export function DiceTable({ made: { clean, label } }: { readonly made: CorruptedScan }) {
  if (!clean) return <p>{TEXTS.noDice}</p>;
  const text = (value: number | null | undefined) => value?.toFixed(3) ?? "–";
  const row = (name: string, of: (dice: LabelDice) => number | null | undefined) => (
    <tr>
      <th scope="row">{name}</th>
      <td class="number">{text(of(clean))}</td>
      {label && <td class="number">{text(of(label))}</td>}
    </tr>
  );
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={TEXTS.dice}>
      <table id="dice">
        <caption>{TEXTS.dice}</caption>
        <thead>
          <tr>
            <th scope="col">{TEXTS.label}</th>
            <th scope="col" class="number">{TEXTS.diceClean}</th>
            {label && <th scope="col" class="number">{TEXTS.diceLabel}</th>}
          </tr>
        </thead>
        <tbody>
          {Object.keys(clean.byLabel).map((name) => row(name, (dice) => dice.byLabel[name]))}
          {row(TEXTS.mean, (dice) => dice.mean)}
        </tbody>
      </table>
    </div>
  );
}
