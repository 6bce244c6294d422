/** The encoder body: sixteen times smaller, eight times as wide. No skips leave it. */
import { codeBlock, doubleBlock, downBlock } from "../nn/blocks.ts";
import type { ParameterSpec } from "../nn/parameters.ts";
import type { Pass } from "../nn/pass.ts";
import { batchNormSpecs, convolutionSpecs, doubleSpecs, downSpecs } from "../nn/specs.ts";
import type { Tensor4D } from "../../../wasm/mod.ts";

const LEVELS = ["down1", "down2", "down3", "down4"] as const;

/** [batch, h, w, channels] to a non-negative latent code [batch, h / 16, w / 16, 8 width]. */
export function encode(pass: Pass, x: Tensor4D): Tensor4D {
  let map = doubleBlock(pass.at("inc"), x);
  for (const level of LEVELS) map = downBlock(pass.at(level), map);
  return codeBlock(pass.at("final_conv"), map);
}

/** The encoder's parameters below `name`. */
export function encoderSpecs(
  name: string,
  inputChannels: number,
  width: number,
): [string, ParameterSpec][] {
  const widths = [width, 2 * width, 4 * width, 8 * width, 8 * width];
  return [
    ...doubleSpecs(`${name}.inc`, inputChannels, width),
    ...LEVELS.flatMap((level, i) => downSpecs(`${name}.${level}`, widths[i]!, widths[i + 1]!)),
    ...convolutionSpecs(`${name}.final_conv.0`, 8 * width, 8 * width, 1),
    ...batchNormSpecs(`${name}.final_conv.1`, 8 * width),
  ];
}
