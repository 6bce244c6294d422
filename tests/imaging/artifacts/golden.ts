/** The golden values of other libraries: inputs, parameters and outputs. */
import { fromFileUrl } from "../../../lib/base/deps/std.ts";
import type { Volume } from "../../../lib/base/volume/volume.ts";

const folder = new URL("../../../fixtures/artifacts/", import.meta.url);

interface GoldenInput {
  readonly file: string;
  readonly shape: [number, number, number];
  readonly affine_ras: number[][];
}

/** One case of the manifest. */
export interface GoldenCase {
  readonly id: string;
  readonly transform: string;
  readonly input: string;
  readonly params: Record<string, unknown>;
  readonly output: { readonly file: string; readonly shape: [number, number, number] };
  readonly tolerance: {
    readonly abs: number;
    readonly rel: number;
    readonly max_outliers?: number;
  };
}

interface Manifest {
  readonly inputs: Record<string, GoldenInput>;
  readonly cases: GoldenCase[];
  readonly beyond_cases: GoldenCase[];
}

/** The manifest of golden cases. */
export const manifest: Manifest = readJson("manifest.json");

/** A JSON file of the fixtures. */
export function readJson<T>(name: string): T {
  return JSON.parse(Deno.readTextFileSync(fromFileUrl(new URL(name, folder))));
}

/** The clean volume of this name. */
export function goldenInput(name: string): Volume {
  const { file, shape, affine_ras } = manifest.inputs[name]!;
  return { data: readVoxels(file, shape), shape, affine: affine_ras.flat() };
}

/** The golden case of this id. */
export function goldenCase(id: string): GoldenCase {
  return [...manifest.cases, ...manifest.beyond_cases].find((golden) => golden.id === id)!;
}

/** Throws an error unless the volume is the case's output within its tolerance. */
export function assertGolden(golden: GoldenCase, got: Volume): void {
  const { abs, rel, max_outliers = 0 } = golden.tolerance;
  const want = readVoxels(golden.output.file, golden.output.shape);
  let outliers = 0, worst = 0;
  for (let o = 0; o < want.length; o++) {
    const difference = Math.abs(got.data[o]! - want[o]!);
    if (!(difference <= abs + rel * Math.abs(want[o]!))) outliers++;
    if (!(difference <= worst)) worst = difference;
  }
  if (got.data.length !== want.length || outliers > max_outliers) {
    throw new Error(`${golden.id}: ${outliers} voxels off, the worst by ${worst}`);
  }
}

/** Raw little-endian float32, the last axis fastest, turned to the first axis fastest. */
function readVoxels(file: string, [ni, nj, nk]: readonly [number, number, number]): Float32Array {
  const bytes = Deno.readFileSync(fromFileUrl(new URL(file, folder)));
  const raw = new Float32Array(bytes.buffer, bytes.byteOffset, ni * nj * nk);
  const data = new Float32Array(raw.length);
  for (let i = 0, o = 0; i < ni; i++) {
    for (let j = 0; j < nj; j++) {
      for (let k = 0; k < nk; k++, o++) data[i + ni * (j + nj * k)] = raw[o]!;
    }
  }
  return data;
}
