/**
 * The way back through what tfjs's tape recorded. tfjs's own looks at every input of every recorded
 * operator once for each tensor that is asked for, and makes and adds zeros for inputs that pass no
 * gradient on: a tenth of a small step.
 */
import { type Tensor, tf } from "../deps/tfjs.ts";

type TapeNode = NonNullable<ReturnType<typeof tf.engine>["state"]["activeTape"]>[number];

const PASSES_NOTHING: unique symbol = Symbol("passes nothing");

/** A gradient that is zero whatever comes: the way back leaves it out, tfjs's own makes the zeros. */
export function zeroGradient(shape: readonly number[]): () => Tensor {
  return Object.assign(() => tf.zeros([...shape]), { [PASSES_NOTHING]: true });
}

/**
 * The gradients of y by tensors, by their place among `by`; undefined for those that y does not
 * depend on, or whose gradient is zero whatever y is.
 *
 * @param tape What was recorded, in its order.
 * @param dy The gradient of y; 1 by default.
 * @throws {Error} If an operator on the way has no gradient.
 */
export function goBack(
  tape: readonly TapeNode[],
  y: Tensor,
  by: readonly Tensor[],
  dy?: Tensor,
): (Tensor | undefined)[] {
  const { path, fromBy } = pathBetween(tape, by, y);
  const found = new Map<number, Tensor>();
  tf.tidy(() => {
    found.set(y.id, dy ?? tf.ones(y.shape));
    for (const node of path.reverse()) {
      if (!node.outputs.some(({ id }) => found.has(id))) continue;
      if (!node.gradient) {
        throw new Error(
          `Cannot compute gradient: gradient function not found for ${node.kernelName}.`,
        );
      }
      // What is missing of several outputs becomes zeros in there.
      const make = node.gradient(node.outputs.map(({ id }) => found.get(id) ?? null) as never);
      for (const [name, input] of Object.entries(node.inputs)) {
        const gradientOf = make[name];
        if (!fromBy.has(input.id) || (gradientOf && PASSES_NOTHING in gradientOf)) continue;
        if (!gradientOf) throw new Error(`Cannot go back through ${node.kernelName} to ${name}`);
        const dx = tf.tidy(gradientOf), before = found.get(input.id);
        found.set(input.id, before ? tf.add(before, dx) : dx);
        before?.dispose();
      }
    }
    for (const { id } of by) {
      const gradient = found.get(id);
      if (gradient) tf.keep(gradient);
    }
  });
  return by.map(({ id }) => found.get(id));
}

/** The operators through which y depends on the tensors, and the tensors that depend on them. */
function pathBetween(tape: readonly TapeNode[], by: readonly Tensor[], y: Tensor) {
  const fromBy = new Set(by.map(({ id }) => id)), leadsToY = new Set([y.id]);
  const after = tape.filter(({ inputs, outputs }) => {
    if (!Object.values(inputs).some(({ id }) => fromBy.has(id))) return false;
    for (const { id } of outputs) fromBy.add(id);
    return true;
  });
  const path: TapeNode[] = [];
  for (const node of after.reverse()) {
    if (!node.outputs.some(({ id }) => leadsToY.has(id))) continue;
    for (const { id } of Object.values(node.inputs)) leadsToY.add(id);
    path.push(node);
  }
  return { path: path.reverse(), fromBy };
}
