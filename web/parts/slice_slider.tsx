/** @jsx h */
// deno-lint-ignore-file verbatim-module-syntax -- JSX becomes calls of h
/// <reference lib="dom" />
import { h } from "../deps/preact.ts";
import { TEXTS } from "../texts.ts";
import type { OpenedScan } from "../worker/protocol.ts";

/** The place, 0 to 1, of the middle slice. */
export function middleOf({ slices }: OpenedScan): number {
  return (Math.floor(slices / 2) + 0.5) / slices;
}

/** Moves through the slices of a scan; a place is 0 to 1. */
export function SliceSlider({ id, scan: { slices }, place, onPlace }: {
  readonly id: string;
  readonly scan: OpenedScan;
  readonly place: number;
  readonly onPlace: (place: number) => void;
}) {
  const slice = Math.min(slices, Math.floor(place * slices) + 1);
  return (
    <label>
      {TEXTS.slice} {slice} / {slices}
      <input
        id={id}
        type="range"
        min={1}
        max={slices}
        value={slice}
        onInput={(event) => onPlace((Number(event.currentTarget.value) - 0.5) / slices)}
      />
    </label>
  );
}
