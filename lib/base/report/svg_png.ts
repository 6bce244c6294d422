import { encodePng } from "../deps/png.ts";

type Resvg = typeof import("../deps/resvg.ts").Resvg;

/** The renderer and the font, loaded by the first picture. */
let started: Promise<{ readonly Resvg: Resvg; readonly font: Uint8Array }> | undefined;

async function start() {
  const [{ initWasm, Resvg, resvgBinary }, { NOTO_SANS: font }] = await Promise.all([
    import("../deps/resvg.ts"),
    import("./font/noto_sans.ts"),
  ]);
  const response = await fetch(resvgBinary());
  if (!response.ok) {
    throw new Error(
      `Cannot draw: ${resvgBinary()} is not there, the server says ${response.status}`,
    );
  }
  await initWasm(await response.arrayBuffer());
  return { Resvg, font };
}

/**
 * Makes a PNG of a drawing, 8-bit RGB: the same bits on any machine, since text is drawn with the font that
 * Tandem brings along, and with no other.
 *
 * @param svg With a size in pixels, an opaque background and text in {@linkcode FONT}, as `svgOf` makes it.
 * @throws {Error} If the text is no SVG, or the renderer cannot be loaded.
 */
export async function svgPng(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  started ??= start().catch((error) => {
    // The next picture tries again.
    started = undefined;
    throw error;
  });
  const { Resvg, font } = await started;
  const drawing = new Resvg(svg, { font: { fontBuffers: [font], loadSystemFonts: false } });
  const image = drawing.render();
  try {
    const { width, height, pixels } = image;
    const data = new Uint8Array(width * height * 3);
    for (let from = 0, to = 0; to < data.length; from++) {
      data[to++] = pixels[from++]!;
      data[to++] = pixels[from++]!;
      data[to++] = pixels[from++]!;
    }
    return new Uint8Array(encodePng({ width, height, data, channels: 3, depth: 8 }));
  } finally {
    image.free();
    drawing.free();
  }
}
