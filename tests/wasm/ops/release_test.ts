import { assert, assertEquals, assertThrows } from "../../deps.ts";
import { startBackend, tf, withEarlyRelease } from "../../../wasm/mod.ts";
import { release } from "../../../wasm/ops/release.ts";

await startBackend({ threads: 1 });

Deno.test("release() frees only inside withEarlyRelease(), also a nested one", () => {
  const [a, b, c] = [tf.zeros([1]), tf.zeros([1]), tf.zeros([1])];
  release(a, undefined);
  assert(!a.isDisposed);
  const result = withEarlyRelease(() => {
    withEarlyRelease(() => release(a, b), "gradients");
    assert(!b.isDisposed);
    release(undefined, b);
    return 7;
  });
  assertEquals([a.isDisposed, b.isDisposed, result], [true, true, 7]);
  assertThrows(
    () =>
      withEarlyRelease(() => {
        throw new RangeError("inner");
      }),
    RangeError,
    "inner",
  );
  release(c);
  assert(!c.isDisposed, "still on after an error");
  c.dispose();
});
