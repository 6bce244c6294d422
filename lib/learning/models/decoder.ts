/** The decoder body: from a latent code back to full size. */
import { upBlock } from "../nn/blocks.ts";
import type { ParameterSpec } from "../nn/parameters.ts";
import type { Pass } from "../nn/pass.ts";
import { convolutionSpecs, upSpecs } from "../nn/specs.ts";
import type { Tensor4D } from "../../../wasm/mod.ts";

const LEVELS = ["up1", "up2", "up3", "up4"] as const;

/** How a decoder doubles its maps. */
export type Upsampling = "nearest" | "transposed";

/**
 * Changes maps on their way through a decoder: behind a block, or the decoded image (`output`). What
 * is to stay is handed back as it is.
 */
export type ChangeMap = (where: typeof LEVELS[number] | "output", map: Tensor4D) => Tensor4D;

/**
 * A code [batch, h, w, 8 width] to raw values [batch, 16 h, 16 w, out].
 *
 * @param change Changes the map behind each block.
 */
export function decode(
  pass: Pass,
  code: Tensor4D,
  by: Upsampling,
  change: ChangeMap = (_, map) => map,
): Tensor4D {
  let map = code;
  for (const level of LEVELS) map = change(level, upBlock(pass.at(level), map, by));
  return pass.convolve("final_conv", "same", map).y;
}

/** The decoder's parameters below `name`. */
export function decoderSpecs(
  name: string,
  outputChannels: number,
  width: number,
  by: Upsampling,
): [string, ParameterSpec][] {
  const widths = [8 * width, 4 * width, 2 * width, width, width];
  return [
    ...LEVELS.flatMap((level, i) => upSpecs(`${name}.${level}`, widths[i]!, widths[i + 1]!, by)),
    ...convolutionSpecs(`${name}.final_conv`, width, outputChannels, 1),
  ];
}
