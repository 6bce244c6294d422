import { assert, assertEquals, assertRejects, assertThrows } from "../../deps.ts";
import { startBackend, tf } from "../../../wasm/mod.ts";
import { CardError } from "../../../lib/gpu/device/card_error.ts";
import { listCards, startGpu } from "../../../lib/gpu/backend/start_gpu.ts";
import { cardTiles } from "../../../lib/gpu/ops/tiles.ts";
import { whereThereIsACard } from "../where_there_is_a_card.ts";

const sum = () => [...tf.tidy(() => tf.add(tf.tensor1d([1, 2]), 1)).dataSync()];

Deno.test({
  ...whereThereIsACard("startGpu() makes tfjs run on the card, and gives way to WASM and back"),
  async fn() {
    await startBackend({ threads: 1 });
    const kept = tf.tensor1d([5, 6]);
    const gpu = await startGpu();
    assertEquals([tf.getBackend(), sum()], ["webgpu", [2, 3]]);
    await startBackend({ threads: 1 });
    assertEquals([tf.getBackend(), sum(), [...kept.dataSync()]], ["wasm", [2, 3], [5, 6]]);
    assert(await startGpu() === gpu, "the card that runs goes on");
    assertEquals(tf.getBackend(), "webgpu");
    assert(cardTiles().convolve.pixels > 0);
    await gpu.stop();
    await startBackend({ threads: 1 });
    kept.dispose();
  },
});

Deno.test({
  ...whereThereIsACard(
    "startGpu() names what the card has, and finds no other where it is software",
  ),
  async fn() {
    const cards = await listCards();
    assert(cards[0]!.limits.maxBufferSize! > 0);
    if (cards.some(({ software }) => !software)) return;
    const error = await assertRejects(() => startGpu({ software: false }), Error);
    assert(/computed by the processor/.test(error.message), error.message);
  },
});

Deno.test({
  ...whereThereIsACard("values that are read may be changed, and tensors are read together"),
  async fn() {
    const { card, stop } = await startGpu();
    const a = tf.tensor1d([1, 2]), given = Float32Array.of(3, 4), b = tf.tensor1d(given);
    given.fill(0);
    (a.dataSync() as Float32Array).fill(9);
    assertEquals([[...a.dataSync()], [...b.dataSync()]], [[1, 2], [3, 4]]);
    assertEquals([...await tf.mul(a, b).data()], [3, 8]);
    assert(card.peakBytes >= card.bytes);
    tf.dispose([a, b]);
    await stop();
    await startBackend({ threads: 1 });
  },
});

Deno.test({
  ...whereThereIsACard("a card's errors have their kind, and only a lost one is gone"),
  async fn() {
    const { card, stop } = await startGpu();
    const kindOf = (run: () => unknown) => {
      const { kind, stateKept, message } = assertThrows(run, CardError) as CardError;
      assert(message.startsWith(`Cannot go on on the graphics card: ${kind} (`), message);
      return [kind, stateKept];
    };
    const most = card.info.limits.maxBufferSize!;
    assertEquals(kindOf(() => card.createBuffer(2 * most, 128)), ["out of memory", true]);
    card.createPipeline("wrong", "no WGSL", "main");
    assertEquals(kindOf(sum), ["validation error", true]);
    assertEquals(sum(), [2, 3]);
    card.lose();
    assertEquals(kindOf(sum), ["device lost", false]);
    assertEquals(kindOf(sum), ["device lost", false]);
    assert(card.lost);
    const next = await startGpu();
    assertEquals(sum(), [2, 3]);
    await next.stop();
    await stop();
    await startBackend({ threads: 1 });
  },
});
