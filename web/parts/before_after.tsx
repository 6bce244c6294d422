/** @jsx h */
// deno-lint-ignore-file verbatim-module-syntax -- JSX becomes calls of h
/// <reference lib="dom" />
import { h, useEffect, useMemo, useRef, useState } from "../deps/preact.ts";
import type { Niivue } from "../deps/niivue.ts";
import { TEXTS } from "../texts.ts";
import type { CorruptedScan, OpenedScan, SegmentedScan } from "../worker/protocol.ts";
import { middleOf, SliceSlider } from "./slice_slider.tsx";
import { type Layer, Viewer } from "./viewer.tsx";

/** The scan as it was, and with an artifact, under one crosshair. */
export function BeforeAfter({ scan, clean: { ftn, stn }, made, colours }: {
  readonly scan: OpenedScan;
  readonly clean: SegmentedScan["networks"];
  readonly made: CorruptedScan | undefined;
  readonly colours: readonly (readonly [number, number, number])[];
}) {
  const [place, setPlace] = useState(0.5);
  const views = useRef<Partial<Record<"before" | "after", Niivue>>>({});
  useEffect(() => setPlace(middleOf(scan)), [scan]);
  const ready = (side: "before" | "after") => (niivue: Niivue) => {
    views.current[side] = niivue;
    const { before, after } = views.current;
    if (!before || !after) return;
    before.broadcastTo([after], { "2d": true, "3d": true });
    after.broadcastTo([before], { "2d": true, "3d": true });
  };
  const { outline } = stn ?? ftn;
  const before = useMemo((): Layer[] => [
    { id: "scan", nifti: scan.image, kind: "scan", opacity: 1 },
    { id: "clean", nifti: outline, kind: "labels", opacity: 1 },
  ], [scan, outline]);
  const after = useMemo((): Layer[] =>
    made
      ? [
        { id: "corrupted", nifti: made.image, kind: "scan", opacity: 1 },
        { id: "found", nifti: made.overlay.outline, kind: "labels", opacity: 1 },
      ]
      : [], [made]);
  return (
    <div>
      <div class="columns two">
        {([["before", before], ["after", after]] as const).map(([which, layers]) => (
          <div key={which}>
            <h3>{TEXTS[which]}</h3>
            <Viewer
              label={TEXTS[which]}
              layers={layers}
              colours={colours}
              view="slice"
              along={scan.along}
              place={place}
              onPlace={setPlace}
              onReady={ready(which)}
              small
            />
          </div>
        ))}
      </div>
      <SliceSlider id="lab-slice" scan={scan} place={place} onPlace={setPlace} />
    </div>
  );
}
