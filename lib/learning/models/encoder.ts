/** The encoder body: half the size and twice the width, level by level. No skips leave it. */
import { codeBlock, doubleBlock, downBlock } from "../nn/blocks.ts";
import type { ParameterSpec } from "../nn/parameters.ts";
import type { Pass } from "../nn/pass.ts";
import { batchNormSpecs, convolutionSpecs, doubleSpecs, downSpecs } from "../nn/specs.ts";
import type { Tensor4D } from "../../../wasm/mod.ts";
import { encoderWidths } from "./levels.ts";

/**
 * [batch, h, w, channels] to a non-negative latent code [batch, h / 2^levels, w / 2^levels, code],
 * whose channels `codeWidth` tells.
 */
export function encode(pass: Pass, x: Tensor4D, levels: number): Tensor4D {
  let map = doubleBlock(pass.at("inc"), x);
  for (let level = 1; level <= levels; level++) {
    const half = downBlock(pass.at(`down${level}`), map);
    pass.done(map);
    map = half;
  }
  const code = codeBlock(pass.at("final_conv"), map);
  pass.done(map);
  return code;
}

/** The encoder's parameters below `name`. */
export function encoderSpecs(
  name: string,
  inputChannels: number,
  width: number,
  levels: number,
): [string, ParameterSpec][] {
  const [first, ...widths] = encoderWidths(width, levels), code = widths.at(-1)!;
  return [
    ...doubleSpecs(`${name}.inc`, inputChannels, width),
    ...widths.flatMap((own, i) =>
      downSpecs(`${name}.down${i + 1}`, i === 0 ? first! : widths[i - 1]!, own)
    ),
    ...convolutionSpecs(`${name}.final_conv.0`, code, code, 1),
    ...batchNormSpecs(`${name}.final_conv.1`, code),
  ];
}
