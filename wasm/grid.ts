/**
 * The kernels of grids (Fourier transforms, blurring, interpolation) on a memory of their own. They are imported
 * like a module, so they are there at once, need no backend, and run wherever Tandem is imported
 * from. One thread: suites run a copy a worker.
 */
import * as kernels from "./grid_kernels.wasm";

export {
  blurAcross,
  blurAlong,
  fftPass2,
  fftPass3,
  fftPass4,
  fftPass5,
  gatherLines,
  sampleRow,
  scatterLines,
  weighRows,
} from "./grid_kernels.wasm";

const PAGE = 65536;

/** The first pages of the memory are the compiler's. */
let end = PAGE;

/**
 * Takes bytes, for good, aligned to 16.
 *
 * @throws {RangeError} If the memory cannot grow so far.
 */
export function reserve(bytes: number): number {
  const start = end;
  end += Math.ceil(bytes / 16) * 16;
  const missing = end - kernels.memory.buffer.byteLength;
  if (missing > 0) kernels.memory.grow(Math.ceil(missing / PAGE));
  return start;
}

let scratchAt = 0, scratchBytes = 0;

/** Bytes for the task at hand; the next task takes the same ones. */
export function scratch(bytes: number): number {
  if (bytes > scratchBytes) {
    // at least twice as many, so that all that was left behind is less than what is used
    scratchBytes = Math.max(bytes, 2 * scratchBytes);
    scratchAt = reserve(scratchBytes);
  }
  return scratchAt;
}

/** A view, valid until more memory is taken. */
export function floats(pointer: number, length: number): Float32Array {
  return new Float32Array(kernels.memory.buffer, pointer, length);
}

/** A view, valid until more memory is taken. */
export function doubles(pointer: number, length: number): Float64Array {
  return new Float64Array(kernels.memory.buffer, pointer, length);
}
