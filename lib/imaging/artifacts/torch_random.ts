/**
 * PyTorch's CPU generator, so that seeded TorchIO draws can be made again: a Mersenne Twister
 * MT19937 (Matsumoto and Nishimura 1998) with PyTorch's own ways from words to numbers.
 */
import type { Draws } from "./draws.ts";

const WORDS = 624;

/**
 * A seeded generator that draws what `torch.manual_seed(seed)` would.
 *
 * @example The first number of `torch.manual_seed(0); torch.rand(1)` is 0.4963
 * ```ts
 * import { TorchRandom } from "./torch_random.ts";
 *
 * const value = new TorchRandom(0).uniform();
 * if (Math.abs(value - 0.4963) > 1e-4) throw new Error(String(value));
 * ```
 */
export class TorchRandom implements Draws {
  // signed, so that the engine keeps whole numbers whole; the bits are what counts
  readonly #state = new Int32Array(WORDS);
  #next = WORDS;

  /**
   * @param seed A whole number from 0 to 2^32 - 1.
   * @throws {RangeError} If the seed is not such a number.
   */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
      throw new RangeError(
        `Cannot seed a Mersenne Twister: seed is ${seed}, wanted a whole number from 0 to 2^32 - 1`,
      );
    }
    this.#state[0] = seed;
    for (let n = 1; n < WORDS; n++) {
      const last = this.#state[n - 1]!;
      this.#state[n] = Math.imul(1812433253, last ^ (last >>> 30)) + n;
    }
  }

  /** The next 32-bit word. */
  word(): number {
    if (this.#next === WORDS) this.#twist();
    let y = this.#state[this.#next++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  #twist(): void {
    const state = this.#state;
    const next = (n: number, after: number, far: number) => {
      const y = (state[n]! & 0x80000000) | (state[after]! & 0x7fffffff);
      state[n] = state[far]! ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
    };
    for (let n = 0; n < WORDS - 397; n++) next(n, n + 1, n + 397);
    for (let n = WORDS - 397; n < WORDS - 1; n++) next(n, n + 1, n + 397 - WORDS);
    next(WORDS - 1, 0, 396);
    this.#next = 0;
  }

  /** Fills an array with 24-bit uniforms, a twist at a time. */
  #fillUniform(target: Float32Array): void {
    const state = this.#state;
    for (let n = 0; n < target.length;) {
      if (this.#next === WORDS) this.#twist();
      const end = Math.min(target.length, n + WORDS - this.#next);
      for (let w = this.#next; n < end; n++, w++) {
        let y = state[w]!;
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        target[n] = ((y ^ (y >>> 18)) & 0xffffff) / 2 ** 24;
        this.#next = w + 1;
      }
    }
  }

  /** A number in [low, high): 24 bits, in float32 arithmetic. */
  uniform(low = 0, high = 1): number {
    const unit = (this.word() & 0xffffff) / 2 ** 24;
    const span = Math.fround(Math.fround(high) - Math.fround(low));
    return Math.fround(Math.fround(unit * span) + Math.fround(low));
  }

  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + this.word() % (high - low + 1);
  }

  /** One draw of the normal distribution, as `torch.randn(1)` makes it. */
  normal(mean = 0, standardDeviation = 1): number {
    return mean + standardDeviation * this.randn(1)[0]!;
  }

  /** Independent draws of the standard normal distribution, as `torch.randn(count)` makes them. */
  randn(count: number): Float32Array {
    const result = new Float32Array(count);
    if (count < 16) this.#fillPairs(result);
    else this.#fillBlocks(result);
    return result;
  }

  /** Few values: Box-Muller on 53-bit uniforms, the sine kept for the next value. */
  #fillPairs(result: Float32Array): void {
    const unit = () => {
      const high = this.word(), low = this.word();
      return ((high & 0x1fffff) * 2 ** 32 + low) / 2 ** 53;
    };
    for (let n = 0; n < result.length; n += 2) {
      const angle = 2 * Math.PI * unit(), radius = Math.sqrt(-2 * Math.log1p(-unit()));
      result[n] = radius * Math.cos(angle);
      if (n + 1 < result.length) result[n + 1] = radius * Math.sin(angle);
    }
  }

  /** Many values: Box-Muller in blocks of 16; a last part block is drawn anew as a whole one. */
  #fillBlocks(result: Float32Array): void {
    this.#fillUniform(result);
    const turn = (start: number) => {
      for (let n = start; n < start + 8; n++) {
        const radius = Math.sqrt(-2 * Math.log(1 - result[n]!));
        const [cos, sin] = unitCircle(result[n + 8]!);
        result[n] = radius * cos;
        result[n + 8] = radius * sin;
      }
    };
    for (let start = 0; start + 16 <= result.length; start += 16) turn(start);
    if (result.length % 16 === 0) return;
    const last = result.length - 16;
    this.#fillUniform(result.subarray(last));
    turn(last);
  }
}

/** Cosine and sine of a share of a turn (0-1), by their series within an eighth of a turn. */
function unitCircle(turn: number): [number, number] {
  const quarter = Math.floor(4 * turn + 0.5), x = (4 * turn - quarter) * (Math.PI / 2), y = x * x;
  const s = x * (1 - y / 6 * (1 - y / 20 * (1 - y / 42 * (1 - y / 72 * (1 - y / 110)))));
  const c = 1 - y / 2 * (1 - y / 12 * (1 - y / 30 * (1 - y / 56 * (1 - y / 90))));
  if (quarter === 1) return [-s, c];
  if (quarter === 2) return [-c, -s];
  return quarter === 3 ? [s, -c] : [c, s];
}
