/**
 * Named, seedable, serialisable random streams.
 *
 * A stream is derived from its parent's key and a name, never from the parent's position, so that
 * drawing more numbers in one place changes nothing in another: `root.stream("augment", 3, "p01")`
 * is the same stream whatever else was drawn. The generator is xoroshiro128+ (pure-rand).
 */
import {
  type JumpableRandomGenerator,
  uniformFloat64,
  uniformInt,
  xoroshiro128plusFromState,
} from "../deps/pure_rand.ts";

/** The whole state of a stream as plain JSON. */
export interface RandomStreamState {
  /** Two 32-bit words that identify the stream's name. */
  readonly key: readonly [number, number];
  /** The generator's four 32-bit words. */
  readonly generator: readonly number[];
}

/**
 * A stream of random numbers with a name.
 *
 * @example The same seed and name give the same numbers
 * ```ts
 * import { RandomStream } from "./random_stream.ts";
 *
 * const a = RandomStream.fromSeed(7).stream("augment", 3, "patient001");
 * const b = RandomStream.fromSeed(7).stream("augment", 3, "patient001");
 * if (a.uniform() !== b.uniform()) throw new Error("streams differ");
 * ```
 */
export class RandomStream {
  #key: readonly [number, number];
  #generator: JumpableRandomGenerator;

  private constructor(key: readonly [number, number], generator: JumpableRandomGenerator) {
    this.#key = key;
    this.#generator = generator;
  }

  /**
   * The root stream of a seed.
   *
   * @param seed A whole number, 0 to 2^53 - 1.
   * @throws {RangeError} If the seed is not such a number.
   */
  static fromSeed(seed: number): RandomStream {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new RangeError(
        `Cannot seed a random stream: seed is ${seed}, wanted a whole number from 0 to 2^53 - 1`,
      );
    }
    return RandomStream.#fromKey([seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0]);
  }

  /** A stream in exactly the state that {@linkcode RandomStream.state} gave. */
  static fromState(state: RandomStreamState): RandomStream {
    return new RandomStream([...state.key], xoroshiro128plusFromState(state.generator));
  }

  static #fromKey(key: readonly [number, number]): RandomStream {
    // xoroshiro must not start from all zeros; four rounds of a strong mixer cannot give that.
    const words: number[] = [];
    for (let i = 0; i < 4; i++) words.push(mix(key[i & 1]! ^ mix(key[1 - (i & 1)]! + i + 1)) | 0);
    if (!words.some((word) => word !== 0)) words[0] = 1;
    return new RandomStream(key, xoroshiro128plusFromState(words));
  }

  /** The independent child stream of this name; the parent's position does not matter. */
  stream(...names: readonly (string | number)[]): RandomStream {
    let [a, b] = this.#key;
    for (const character of JSON.stringify(names)) {
      const code = character.codePointAt(0)!;
      a = mix(a ^ code);
      b = mix(b + a + Math.imul(code, 0x9e3779b1));
    }
    return RandomStream.#fromKey([a >>> 0, b >>> 0]);
  }

  /** A number in [low, high), uniform, 53 bits. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * uniformFloat64(this.#generator);
  }

  /** A whole number from `low` to `high`, both included, uniform. */
  integer(low: number, high: number): number {
    if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || high < low) {
      throw new RangeError(`Cannot draw a whole number: range is ${low} to ${high}`);
    }
    return uniformInt(this.#generator, low, high);
  }

  /** A draw of the normal distribution (Box-Muller, one of the pair, so that state stays small). */
  normal(mean = 0, standardDeviation = 1): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return mean + standardDeviation * radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Many draws of the normal distribution, both of each Box-Muller pair: cheaper than one by one. */
  normals(count: number, mean = 0, standardDeviation = 1): Float32Array {
    const values = new Float32Array(count);
    for (let i = 0; i < count; i += 2) {
      const radius = standardDeviation * Math.sqrt(-2 * Math.log(1 - this.uniform()));
      const angle = 2 * Math.PI * this.uniform();
      values[i] = mean + radius * Math.cos(angle);
      // Beyond the end of an odd count this writes nothing.
      values[i + 1] = mean + radius * Math.sin(angle);
    }
    return values;
  }

  /** True with this probability (0-1). */
  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** One of the items, uniform; throws RangeError where there is none. */
  choice<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError("Cannot choose: the list is empty");
    return items[this.integer(0, items.length - 1)]!;
  }

  /** A shuffled copy (Fisher-Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const result = [...items];
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.integer(0, i);
      [result[i], result[j]] = [result[j]!, result[i]!];
    }
    return result;
  }

  /** The state to continue from, plain JSON. */
  state(): RandomStreamState {
    return { key: [...this.#key] as [number, number], generator: this.#generator.getState() };
  }
}

/** The 32-bit finaliser of MurmurHash3: every input bit reaches every output bit. */
function mix(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
