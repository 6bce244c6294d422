/** @jsx h */
// deno-lint-ignore-file verbatim-module-syntax -- JSX becomes calls of h
/// <reference lib="dom" />
import { h } from "../deps/preact.ts";
import type { PageModel } from "../../lib/workflows/view/page_model.ts";
import { TEXTS } from "../texts.ts";
import type { SegmentedScan } from "../worker/protocol.ts";
import { saveFile, stemOf } from "./save_file.ts";

/** What the networks said. */
export interface ResultsProps {
  readonly model: PageModel;
  readonly found: SegmentedScan;
  readonly name: string;
  /** CSS colours of classes 1, 2, …. */
  readonly colours: readonly string[];
}

/** Volumes by label, and in words how sure the networks are. */
export function Results({ model, found, name, colours }: ResultsProps) {
  const networks = found.volumes.stn ? ["ftn", "stn"] as const : ["ftn"] as const;
  const saved = model.postprocessing?.[networks.at(-1)!];
  const { entropy, disagreement } = found.flags;
  const stem = stemOf(name);
  return (
    <section aria-labelledby="results">
      <h2 id="results">{TEXTS.results}</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label={TEXTS.volumes}>
        <table>
          <caption>{TEXTS.volumes}</caption>
          <thead>
            <tr>
              <th scope="col">{TEXTS.label}</th>
              {networks.map((one) => (
                <th key={one} scope="col" class="number">{TEXTS.networks[one]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {model.data.task.labels.slice(1).map((label, n) => (
              <tr>
                <th scope="row">
                  <span class="swatch" style={{ background: colours[n]! }} />
                  {label.name}
                </th>
                {networks.map((one) => (
                  <td class="number">{found.volumes[one]![label.name]!.toFixed(2)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p id="uncertainty">{TEXTS.entropy(entropy, saved?.entropy)}</p>
      {disagreement !== undefined && (
        <p id="disagreement">{TEXTS.disagreement(disagreement, saved?.disagreement)}</p>
      )}
      <p>
        <button
          type="button"
          class="plain"
          onClick={() => saveFile(`${stem}_segmentation.nii`, found.codes)}
        >
          {TEXTS.download}
        </button>
      </p>
    </section>
  );
}
