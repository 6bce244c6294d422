/** The decoder body: from a latent code back to full size. */
import { upBlock } from "../nn/blocks.ts";
import type { ParameterSpec } from "../nn/parameters.ts";
import type { Pass } from "../nn/pass.ts";
import { convolutionSpecs, upSpecs } from "../nn/specs.ts";
import type { Tensor4D } from "../../../wasm/mod.ts";
import { decoderWidths } from "./levels.ts";

/** How a decoder doubles its maps. */
export type Upsampling = "nearest" | "transposed";

/** A place on the way through a decoder: behind a block, from `up1` on, or the decoded image. */
export type DecoderPlace = `up${number}` | "output";

/** Changes maps on their way through a decoder. What is to stay is handed back as it is. */
export type ChangeMap = (where: DecoderPlace, map: Tensor4D) => Tensor4D;

/**
 * A code [batch, h, w, code] to raw values [batch, 2^levels h, 2^levels w, out].
 *
 * @param change Changes the map behind each block.
 */
export function decode(
  pass: Pass,
  code: Tensor4D,
  by: Upsampling,
  levels: number,
  change: ChangeMap = (_, map) => map,
): Tensor4D {
  let map = code;
  for (let level = 1; level <= levels; level++) {
    const double = change(`up${level}`, upBlock(pass.at(`up${level}`), map, by));
    if (map !== code) pass.done(map);
    map = double;
  }
  const out = pass.plain("final_conv", "same", map);
  pass.done(map);
  return out;
}

/** The decoder's parameters below `name`. */
export function decoderSpecs(
  name: string,
  outputChannels: number,
  width: number,
  by: Upsampling,
  levels: number,
): [string, ParameterSpec][] {
  const [code, ...widths] = decoderWidths(width, levels);
  return [
    ...widths.flatMap((own, i) =>
      upSpecs(`${name}.up${i + 1}`, i === 0 ? code! : widths[i - 1]!, own, by)
    ),
    ...convolutionSpecs(`${name}.final_conv`, width, outputChannels, 1),
  ];
}
