import { basename } from "../../base/deps/std.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { ShownPicture } from "./shown_picture.ts";

/**
 * A picture that lies on the disk, as a run's `slices.png` or a suite's contact sheet.
 *
 * @param path A PNG.
 * @throws {TypeError} If it cannot be opened or is no PNG.
 */
export async function showPicture(path: string): Promise<ShownPicture> {
  let png: Uint8Array;
  try {
    png = await Deno.readFile(path);
  } catch (cause) {
    throw new TypeError(`Cannot show ${path}: ${messageOf(cause)}`, { cause });
  }
  if (new TextDecoder("latin1").decode(png.subarray(1, 4)) !== "PNG") {
    throw new TypeError(`Cannot show ${path}: it is no PNG`);
  }
  return ShownPicture.ofPng(png, basename(path));
}
