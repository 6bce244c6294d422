/** @jsx h */
// deno-lint-ignore-file verbatim-module-syntax -- JSX becomes calls of h
/// <reference lib="dom" />
import { h, useEffect, useMemo, useState } from "../deps/preact.ts";
import { TEXTS } from "../texts.ts";
import type { ScanState } from "./scan_state.ts";
import { middleOf, SliceSlider } from "./slice_slider.tsx";
import { type Layer, Viewer, type ViewKind } from "./viewer.tsx";

const LAYERS = ["stn", "ftn", "label", "entropy"] as const;
type LayerName = typeof LAYERS[number];

/** The scan with its overlays, and what is shown of them. */
export function ScanView({ state, colours }: {
  readonly state: ScanState;
  readonly colours: readonly (readonly [number, number, number])[];
}) {
  const { scan, found, label } = state;
  const [view, setView] = useState<ViewKind>("slice");
  const [place, setPlace] = useState(0.5);
  const [shape, setShape] = useState<"outline" | "filled">("outline");
  const [opacities, setOpacities] = useState<Readonly<Record<LayerName, number>>>({
    ...{ stn: 1, ftn: 0, label: 0, entropy: 0 },
  });
  const dual = found?.networks.stn !== undefined;
  useEffect(() => {
    setOpacities((before) => ({ ...before, ...dual ? { stn: 1, ftn: 0 } : { ftn: 1 } }));
  }, [dual]);
  useEffect(() => {
    if (label) setOpacities((before) => ({ ...before, label: 0.6 }));
  }, [label]);
  useEffect(() => setPlace(middleOf(scan)), [scan]);

  const there = LAYERS.filter((name) =>
    name === "entropy" ? found : name === "label" ? label : found?.networks[name]
  );
  const layers = useMemo((): Layer[] => [
    { id: "scan", nifti: scan.image, kind: "scan", opacity: 1 },
    ...there.toReversed().map((name): Layer =>
      name === "entropy"
        ? { id: name, nifti: found!.entropy, kind: "map", opacity: opacities[name] }
        : {
          id: `${name}-${shape}`,
          nifti: (name === "label" ? label! : found!.networks[name]!)[shape],
          kind: "labels",
          opacity: opacities[name],
        }
    ),
  ], [scan, found, label, shape, opacities]);
  return (
    <section aria-labelledby="scan-name">
      <h2 id="scan-name">{scan.name}</h2>
      <p class="quiet">{TEXTS.scan(scan.shape, scan.spacing)}</p>
      <Viewer
        label={TEXTS.viewer}
        layers={layers}
        colours={colours}
        view={view}
        along={scan.along}
        place={place}
        onPlace={setPlace}
      />
      <div class="row">
        <label>
          {TEXTS.view}
          <select
            value={view}
            onChange={(event) => setView(event.currentTarget.value as ViewKind)}
          >
            {Object.entries(TEXTS.views).map(([value, text]) => (
              <option value={value}>{text}</option>
            ))}
          </select>
        </label>
        <label>
          {TEXTS.shape}
          <select
            value={shape}
            onChange={(event) => setShape(event.currentTarget.value as "outline" | "filled")}
          >
            {Object.entries(TEXTS.shapes).map(([value, text]) => (
              <option value={value}>{text}</option>
            ))}
          </select>
        </label>
        <SliceSlider id="slice" scan={scan} place={place} onPlace={setPlace} />
        {there.map((name) => (
          <label>
            {TEXTS.opacity(TEXTS.layers[name])}
            <input
              id={`opacity-${name}`}
              type="range"
              min={0}
              max={1}
              step={0.05}
              value={opacities[name]}
              onInput={(event) => {
                const value = Number(event.currentTarget.value);
                setOpacities((before) => ({ ...before, [name]: value }));
              }}
            />
          </label>
        ))}
      </div>
    </section>
  );
}
