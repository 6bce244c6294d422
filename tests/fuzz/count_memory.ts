/**
 * Counts the bytes that are asked for as typed arrays and buffers, and refuses what no input deserves
 * before the machine has to give it. Whoever shall be counted is imported after this module: it changes
 * the constructors, which other modules keep.
 */

/** Bytes since the last reset. */
let asked = 0;
/** Bytes from which on nothing more is given. */
let most = Infinity;

/** What is thrown in the place of memory without bounds: no class that a reader would catch. */
export class MemoryBoundError extends Error {
  override readonly name = "MemoryBoundError";
}

/** Starts to count anew, up to a bound. */
export function resetMemory(bound: number): void {
  [asked, most] = [0, bound];
}

/** Bytes that were asked for since the last reset, given back or not. */
export function askedMemory(): number {
  return asked;
}

function count(bytes: number): void {
  // What is no length is for the constructor to refuse.
  if (!(bytes > 0)) return;
  asked += bytes;
  if (asked > most) {
    throw new MemoryBoundError(`${asked} bytes are asked for, wanted at most ${most}`);
  }
}

type ArrayConstructor = {
  new (...given: unknown[]): object;
  readonly prototype: object;
  readonly BYTES_PER_ELEMENT?: number;
};

function counted(Class: ArrayConstructor): ArrayConstructor {
  const each = Class.BYTES_PER_ELEMENT ?? 1;
  const proxy: ArrayConstructor = new Proxy(Class, {
    construct(target, given: unknown[], called) {
      const [first] = given;
      if (typeof first === "number") count(first * each);
      else if (Array.isArray(first) || ArrayBuffer.isView(first)) {
        count((first as ArrayLike<number>).length * each);
      }
      return Reflect.construct(target, given, called === proxy ? target : called);
    },
  });
  Object.defineProperty(Class.prototype, "constructor", { value: proxy });
  return proxy;
}

const NAMES = [
  ...["ArrayBuffer", "Uint8Array", "Int8Array", "Uint16Array", "Int16Array", "Uint32Array"],
  ...["Int32Array", "BigInt64Array", "BigUint64Array", "Float32Array", "Float64Array"],
];
const scope = globalThis as unknown as Record<string, ArrayConstructor>;
for (const name of NAMES) scope[name] = counted(scope[name]!);
