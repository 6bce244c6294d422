import { svgPng } from "../../base/report/svg_png.ts";
import { DISPLAY, type MimeBundle, toKernel } from "./mime_bundle.ts";

/**
 * A picture that shows itself where it is a notebook cell's value, as a PNG.
 *
 * @example
 * ```ts
 * import { ShownPicture } from "./shown_picture.ts";
 *
 * const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>';
 * const { length } = await ShownPicture.ofSvg(svg, "nothing").png();
 * if (length === 0) throw new Error();
 * ```
 */
export class ShownPicture {
  /** What it shows, in words. */
  readonly text: string;
  /** The drawing; undefined where the picture was a PNG from the start. */
  readonly svg: string | undefined;
  readonly #png: () => Uint8Array | Promise<Uint8Array>;

  private constructor(text: string, png: () => Uint8Array | Promise<Uint8Array>, svg?: string) {
    this.text = text;
    this.svg = svg;
    this.#png = png;
  }

  /** A drawing with a size in pixels, such as `lossCurves` and `sliceSheet` give. */
  static ofSvg(svg: string, text: string): ShownPicture {
    return new ShownPicture(text, () => svgPng(svg), svg);
  }

  /** The bytes of a PNG. */
  static ofPng(png: Uint8Array, text: string): ShownPicture {
    return new ShownPicture(text, () => png);
  }

  /** The bytes of the picture, to be written to a file. */
  async png(): Promise<Uint8Array> {
    return await this.#png();
  }

  /** What Jupyter shows. */
  async [DISPLAY](): Promise<MimeBundle> {
    return await toKernel({ "image/png": (await this.png()).toBase64(), "text/plain": this.text });
  }
}
