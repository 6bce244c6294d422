/** @jsx h */
// deno-lint-ignore-file verbatim-module-syntax -- JSX becomes calls of h
/// <reference lib="dom" />
import { h, useEffect, useRef, useState } from "../deps/preact.ts";
import { Niivue, NVImage, SHOW_RENDER, SLICE_TYPE } from "../deps/niivue.ts";
import { TEXTS } from "../texts.ts";
import { MARKS } from "./marks.ts";

/** A volume that is drawn; the first of a list is the scan. */
export interface Layer {
  readonly id: string;
  /** An uncompressed NIfTI file. */
  readonly nifti: Uint8Array<ArrayBuffer>;
  readonly kind: "scan" | "labels" | "map";
  /** 0 to 1. */
  readonly opacity: number;
}

/** How volumes are seen. */
export type ViewKind = "slice" | "planes" | "volume";

/** What a viewer shows. */
export interface ViewerProps {
  readonly label: string;
  readonly layers: readonly Layer[];
  /** Of classes 1, 2, …, each 0 to 255. */
  readonly colours: readonly (readonly [number, number, number])[];
  readonly view: ViewKind;
  /** The patient's axis that slices are stacked along. */
  readonly along: "R" | "A" | "S";
  /** The place of the crosshair along it, 0 to 1. */
  readonly place: number;
  readonly small?: boolean;
  /** Hears where the crosshair was put along the slices. */
  readonly onPlace?: (place: number) => void;
  /** Is given what draws, so that two may be moved as one. */
  readonly onReady?: (niivue: Niivue) => void;
}

const AXES = ["R", "A", "S"] as const;
const SLICES = [SLICE_TYPE.SAGITTAL, SLICE_TYPE.CORONAL, SLICE_TYPE.AXIAL] as const;

/** Volumes drawn by niivue. */
export function Viewer(props: ViewerProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const niivue = useRef<Niivue | null>(null);
  const shown = useRef(new Map<string, { nifti: Uint8Array; image: NVImage }>());
  const turn = useRef<Promise<void>>(Promise.resolve());
  const [failure, setFailure] = useState("");
  const axis = AXES.indexOf(props.along);
  const latest = useRef(props);
  latest.current = props;
  const tell = (error: Error) => setFailure(String(error.message ?? error));
  /** Draws after what was begun before; does nothing where nothing can be drawn. */
  const inTurn = (draw: (niivue: Niivue) => Promise<void> | void) => {
    turn.current = turn.current.then(() => niivue.current ? draw(niivue.current) : undefined)
      .catch(tell);
  };

  useEffect(() => {
    const own = new Niivue({
      logLevel: "silent",
      dragAndDropEnabled: false,
      isNearestInterpolation: false,
      isResizeCanvas: true,
      multiplanarShowRender: SHOW_RENDER.ALWAYS,
      crosshairColor: [1, 1, 1, 0.4],
      crosshairWidth: 0.5,
      show3Dcrosshair: true,
    });
    own.onLocationChange = () => {
      latest.current.onPlace?.(own.scene.crosshairPos[axis]!);
    };
    turn.current = (async () => {
      if (!canvas.current!.getContext("webgl2")) throw new Error("no WebGL 2");
      await own.attachToCanvas(canvas.current!);
      niivue.current = own;
      latest.current.onReady?.(own);
    })().catch(tell);
    return () => own.cleanup();
  }, []);

  useEffect(() => inTurn((own) => sync(own, shown.current, latest.current)), [props.layers]);

  useEffect(() =>
    inTurn((own) => {
      const { view } = props;
      own.setSliceType(
        view === "volume"
          ? SLICE_TYPE.RENDER
          : view === "planes"
          ? SLICE_TYPE.MULTIPLANAR
          : SLICES[axis]!,
      );
    }), [props.view, axis]);

  useEffect(() =>
    inTurn((own) => {
      if (Math.abs(own.scene.crosshairPos[axis]! - props.place) < 1e-6) return;
      own.scene.crosshairPos[axis] = props.place;
      own.drawScene();
    }), [props.place, axis, props.layers]);

  const drawn = props.layers.map(({ id, opacity }) => `${id} ${opacity}`).join(", ");
  return (
    <div>
      <div class={props.small ? "viewer small" : "viewer"} hidden={failure !== ""}>
        <canvas
          ref={canvas}
          tabIndex={0}
          role="img"
          aria-label={props.label}
          data-layers={drawn}
        />
      </div>
      {failure !== "" && <p class="told">{TEXTS.noWebgl(failure)}</p>}
    </div>
  );
}

/**
 * Gives niivue the layers, in their order; one that was never to be seen is not loaded. All at once:
 * niivue's own adding and removing draws all layers anew each time.
 */
async function sync(
  niivue: Niivue,
  shown: Map<string, { nifti: Uint8Array; image: NVImage }>,
  { layers, colours }: ViewerProps,
): Promise<void> {
  for (const [id, { nifti }] of shown) {
    if (!layers.some((layer) => layer.id === id && layer.nifti === nifti)) shown.delete(id);
  }
  const images: NVImage[] = [];
  for (const layer of layers) {
    const { id, nifti, opacity } = layer;
    if (opacity === 0 && !shown.has(id)) continue;
    const image = shown.get(id)?.image ?? await imageOf(layer, colours);
    image.opacity = opacity;
    shown.set(id, { nifti, image });
    images.push(image);
  }
  niivue.volumes = images;
  niivue.back = images[0] ?? null;
  niivue.overlays = images.slice(1);
  niivue.updateGLVolume();
  performance.mark(MARKS.drawn, { detail: layers.map(({ id }) => id) });
}

async function imageOf(
  { id, nifti, kind, opacity }: Layer,
  colours: ViewerProps["colours"],
): Promise<NVImage> {
  const image = await NVImage.loadFromFile({
    file: new File([nifti], `${id}.nii`),
    name: `${id}.nii`,
    colormap: kind === "map" ? "inferno" : "gray",
    opacity,
    ...kind === "map" && { cal_min: 0.05 },
  });
  if (kind === "labels") {
    const channel = (n: 0 | 1 | 2) => [0, ...colours.map((colour) => colour[n])];
    image.setColormapLabel({
      ...{ R: channel(0), G: channel(1), B: channel(2) },
      A: [0, ...colours.map(() => 255)],
      I: [0, ...colours.map((_, n) => n + 1)],
    });
  }
  return image;
}
