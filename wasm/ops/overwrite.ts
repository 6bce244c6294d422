import type { Tensor } from "../deps/tfjs.ts";
import { otherBackend } from "../other_backend.ts";
import { pointerOf, runtime } from "../runtime.ts";

/**
 * Copies one tensor's values into another, in place.
 *
 * @throws {TypeError} If they differ in size.
 */
export function overwrite(to: Tensor, from: Tensor): void {
  if (to.size !== from.size) {
    throw new TypeError(`Cannot overwrite [${to.shape}] with [${from.shape}]: sizes differ`);
  }
  const other = otherBackend();
  if (other) return other.overwrite(to, from);
  const { heap } = runtime();
  heap.floats(pointerOf(to), to.size).set(heap.floats(pointerOf(from), from.size));
}
