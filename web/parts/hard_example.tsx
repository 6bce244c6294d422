/** @jsx h */
// deno-lint-ignore-file verbatim-module-syntax -- JSX becomes calls of h
/// <reference lib="dom" />
import { h, useEffect, useRef } from "../deps/preact.ts";
import type { RunProgress } from "../../lib/workflows/view/page_progress.ts";
import { TEXTS } from "../texts.ts";

type HardRecord = NonNullable<RunProgress["hardExample"]>;

/** The first slice of the latest hard example: as it is, as the method made it, and by what masks. */
export function HardExample({ record, colours }: {
  readonly record: HardRecord;
  readonly colours: readonly (readonly [number, number, number])[];
}) {
  const { height, width, step, masks } = record, area = height * width;
  // not all browsers have Uint8Array.fromBase64
  const grey = (base64: string) =>
    Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)).subarray(0, area);
  const shown = [
    { name: TEXTS.hard.images, pixels: grey(record.images) },
    { name: TEXTS.hard.labels, pixels: grey(record.images), classes: grey(record.labels) },
    ...record.corrupted ? [{ name: TEXTS.hard.corrupted, pixels: grey(record.corrupted) }] : [],
    ...record.segmentation
      ? [{
        name: TEXTS.hard.segmentation,
        pixels: grey(record.corrupted ?? record.images),
        classes: grey(record.segmentation),
      }]
      : [],
  ];
  const drawn = (["image", "shape"] as const).flatMap((code) =>
    masks?.[code] ? [{ code, ...maskPicture(masks[code]) }] : []
  );
  return (
    <div>
      <h3>{TEXTS.hardExample(step)}</h3>
      <div class="pictures">
        {shown.map(({ name, ...pixels }) => (
          <Picture
            key={name}
            name={name}
            width={width}
            height={height}
            {...pixels}
            colours={colours}
          />
        ))}
        {drawn.map(({ code, scheme, ...picture }) => (
          <Picture key={code} name={TEXTS.mask(code, scheme)} {...picture} colours={[]} />
        ))}
      </div>
    </div>
  );
}

/** What the first slice's code was multiplied by: a place each, or a row of channels. */
function maskPicture({ scheme, shape: [, height, width, channels], values }: {
  readonly scheme: string;
  readonly shape: readonly [number, number, number, number];
  readonly values: readonly number[];
}) {
  const spatial = height * width > 1;
  const count = spatial ? height * width : channels;
  const pixels = Uint8Array.from({ length: count }, (_, n) => {
    if (!spatial) return 255 * Math.min(1, values[n]!);
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += values[n * channels + c]!;
    return 255 * Math.min(1, sum / channels);
  });
  const columns = Math.ceil(Math.sqrt(count));
  if (spatial) return { scheme, pixels, width, height };
  const rows = Math.ceil(count / columns), padded = new Uint8Array(rows * columns);
  padded.set(pixels);
  return { scheme, pixels: padded, width: columns, height: rows };
}

function Picture({ name, width, height, pixels, classes, colours }: {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  readonly classes?: Uint8Array;
  readonly colours: readonly (readonly [number, number, number])[];
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const image = context.createImageData(width, height);
    pixels.forEach((grey, n) => {
      const colour = classes?.[n] ? colours[classes[n] - 1] : undefined;
      for (const c of [0, 1, 2] as const) {
        image.data[4 * n + c] = colour ? (grey + colour[c]) / 2 : grey;
      }
      image.data[4 * n + 3] = 255;
    });
    context.putImageData(image, 0, 0);
  });
  return (
    <figure>
      <canvas ref={canvas} width={width} height={height} role="img" aria-label={name} />
      <figcaption>{name}</figcaption>
    </figure>
  );
}
