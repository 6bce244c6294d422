/** Names and shapes of the blocks' parameters, in the reference's layout. */
import type { ParameterSpec } from "./parameters.ts";

type Entries = [string, ParameterSpec][];

const weight = (...shape: number[]): ParameterSpec => ({ shape, kind: "weight" });
const buffer = (...shape: number[]): ParameterSpec => ({ shape, kind: "buffer" });

/** A convolution with bias; a transposed one has [in, out, ..] instead of [out, in, ..]. */
export function convolutionSpecs(
  name: string,
  ci: number,
  co: number,
  size: number,
  transposed = false,
): Entries {
  const channels = transposed ? [ci, co] : [co, ci];
  return [
    [`${name}.weight`, weight(...channels, size, size)],
    [`${name}.bias`, weight(co)],
  ];
}

/** A batch normalisation: gamma, beta and running statistics. */
export function batchNormSpecs(name: string, channels: number): Entries {
  return [
    [`${name}.weight`, weight(channels)],
    [`${name}.bias`, weight(channels)],
    [`${name}.running_mean`, buffer(channels)],
    [`${name}.running_var`, buffer(channels)],
  ];
}

/** Two 3 x 3 convolutions with their batch normalisations. */
export function doubleSpecs(name: string, ci: number, co: number): Entries {
  return [
    ...convolutionSpecs(`${name}.0`, ci, co, 3),
    ...batchNormSpecs(`${name}.1`, co),
    ...convolutionSpecs(`${name}.3`, co, co, 3),
    ...batchNormSpecs(`${name}.4`, co),
  ];
}

/** A residual block on half the size. */
export function downSpecs(name: string, ci: number, co: number): Entries {
  return [
    ...convolutionSpecs(`${name}.down`, ci, ci, 3),
    ...doubleSpecs(`${name}.conv`, ci, co),
    ...convolutionSpecs(`${name}.conv_input`, ci, co, 1),
  ];
}

/** A residual block on twice the size. */
export function upSpecs(
  name: string,
  ci: number,
  co: number,
  by: "nearest" | "transposed",
): Entries {
  return [
    ...(by === "transposed" ? convolutionSpecs(`${name}.up`, ci, ci, 2, true) : []),
    ...doubleSpecs(`${name}.conv`, ci, co),
    ...convolutionSpecs(`${name}.conv_input`, ci, co, 1),
  ];
}
