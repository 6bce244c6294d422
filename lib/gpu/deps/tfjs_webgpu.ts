/**
 * The one place that pins tfjs's WebGPU backend: loaded when a run asks for a card, by a name that
 * the graph of modules does not show (`lib/gpu/backend/start_gpu.ts`).
 */
import * as untyped from "npm:@tensorflow/tfjs-backend-webgpu@4.22.0";
import type { TensorInfo } from "../../../wasm/mod.ts";

/** The parts of that backend that are used or changed; its own types want a browser's. */
export interface TfjsBackend {
  readonly tensorMap: { get(dataId: object): unknown; has(dataId: object): boolean };
  readonly bufferManager: {
    readonly numBytesUsed: number;
    readonly numBytesAllocated: number;
    acquireBuffer(size: number, usage: number): unknown;
    releaseBuffer(buffer: unknown): void;
  };
  write(values: unknown, shape: number[], dtype: string): object;
  uploadToGPU(dataId: object): void;
  readSync(dataId: object): unknown;
  read(dataId: object): Promise<unknown>;
  releaseResource(dataId: object): void;
  disposeData(dataId: object): boolean;
  incRef(dataId: object): void;
  makeTensorInfo(shape: number[], dtype: string): TensorInfo;
  dispose(): void;
}

/** tfjs's WebGPU backend on a device. */
export const TfjsWebgpuBackend = untyped.WebGPUBackend as unknown as new (
  device: unknown,
  info: unknown,
) => TfjsBackend;
