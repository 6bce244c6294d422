import { ARTIFACTS } from "../../lib/imaging/artifacts/registry.ts";
import { RandomStream } from "../../lib/base/random/random_stream.ts";
import { scalingAffine } from "../../lib/base/volume/affine.ts";
import type { Volume } from "../../lib/base/volume/volume.ts";
import { type Measurement, median, showSeconds, timed } from "./measurement.ts";
import type { BenchOptions } from "./options.ts";

const SHAPE = [216, 256, 10] as const;

/** Milliseconds a volume of every artifact with its default draws. */
export function measureArtifacts({ steps }: BenchOptions): Measurement {
  const { volume, context } = randomCase();
  const artifacts = ARTIFACTS.map((artifact) => {
    const title = `${artifact.mode}/${artifact.name}`;
    const params = artifact.sample({}, RandomStream.fromSeed(0).stream(title), volume);
    const seconds = timed(() => void artifact.apply(volume, params, context), steps);
    return { artifact: title, milliseconds: median(seconds) * 1000 };
  });
  return {
    values: { shape: SHAPE, artifacts },
    head: [`artifact on ${SHAPE.join(" x ")} voxels`, "median"],
    rows: artifacts.map(({ artifact, milliseconds }) => [
      ...[artifact, showSeconds(milliseconds / 1000)],
    ]),
  };
}

/** A volume with a label of every class and another phase. */
function randomCase() {
  const random = RandomStream.fromSeed(0), size = SHAPE[0] * SHAPE[1] * SHAPE[2];
  const affine = scalingAffine([1.4, 1.4, 10], [0, 0, 0]);
  const draw = (): Volume => ({
    data: Float32Array.from({ length: size }, () => random.uniform()),
    shape: SHAPE,
    affine,
  });
  const volume = draw();
  const label = { ...volume, data: Uint8Array.from(volume.data, (value) => Math.floor(value * 4)) };
  return { volume, context: { label, otherFrame: draw() } };
}
