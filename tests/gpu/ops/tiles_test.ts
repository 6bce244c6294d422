import { assertEquals } from "../../deps.ts";
import {
  convolution,
  startBackend,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tf,
} from "../../../wasm/mod.ts";
import { startGpu } from "../../../lib/gpu/backend/start_gpu.ts";
import { type Tiles, useTiles } from "../../../lib/gpu/ops/tiles.ts";
import { whereThereIsACard } from "../where_there_is_a_card.ts";

const TILES: readonly Tiles[] = [
  { convolve: { pixels: 8, channels: 8, own: 4, block: 2 }, filter: { side: 4, block: 2 } },
  { convolve: { pixels: 16, channels: 4, own: 2, block: 3 }, filter: { side: 8, block: 4 } },
];

Deno.test({
  ...whereThereIsACard("tiles of any size give the same bits, there and back"),
  async fn() {
    const { card, stop } = await startGpu();
    const drawn = (shape: number[], seed: number) =>
      tf.randomNormal(shape as never, 0, 1, "float32", seed) as Tensor;
    const inputs = [drawn([2, 6, 10, 5], 1), drawn([3, 3, 5, 7], 2), drawn([7], 3)];
    const dy = drawn([2, 3, 5, 7], 4);
    const run = (x: Tensor, filter: Tensor, bias: Tensor) =>
      convolution({
        ...{ x: x as Tensor4D, filter: filter as Tensor4D, bias: bias as Tensor1D },
        ...{ form: "down", statistics: false },
      }).y;
    const [first, second] = TILES.map((tiles) => {
      useTiles(card, tiles);
      return [run(inputs[0]!, inputs[1]!, inputs[2]!), ...tf.grads(run as never)(inputs, dy)]
        .map((tensor) => [...tensor.dataSync()]);
    });
    assertEquals(first, second);
    await stop();
    await startBackend({ threads: 1 });
  },
});
