/** A program that starts threads, uses them and ends without a word to them. */
import { startBackend, type Tensor4D, tf } from "../../wasm/mod.ts";

const { threads } = await startBackend({ threads: 2 });
const image: Tensor4D = tf.ones([1, 32, 32, 4]), filter: Tensor4D = tf.ones([3, 3, 4, 4]);
console.log(threads, tf.conv2d(image, filter, 1, "same").dataSync()[0]);
