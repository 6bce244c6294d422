import { TfjsWebgpuBackend } from "../deps/tfjs_webgpu.ts";
import type { Card, CardBuffer } from "../device/card.ts";
import { USAGE } from "../device/card.ts";
import type { CardTensors } from "../device/card_tensors.ts";
import { tfjsDevice } from "./tfjs_device.ts";

/** What tfjs keeps of a tensor. */
interface TensorData {
  values: ArrayLike<number> | null;
  readonly dtype: "float32" | "int32" | "bool";
  readonly shape: number[];
  resource?: CardBuffer | null;
}

const MAP = USAGE.storage | USAGE.copyFrom | USAGE.copyTo;

/**
 * tfjs's WebGPU backend on a card in a thread of its own: its kernels as they are, but values go to
 * the card when they are written, and can be read without waiting for a promise.
 */
export class GpuBackend extends TfjsWebgpuBackend implements CardTensors {
  readonly card: Card;

  constructor(card: Card) {
    const { vendor, architecture } = card.info;
    super(tfjsDevice(card), { vendor, architecture });
    this.card = card;
  }

  #data(dataId: object): TensorData {
    return this.tensorMap.get(dataId) as TensorData;
  }

  /** The buffer of a tensor; an uninitialised one for a tensor that was just made. */
  bufferOf({ dataId }: { dataId: object }): CardBuffer {
    const data = this.#data(dataId);
    if (!data.resource) this.uploadToGPU(dataId);
    return data.resource!;
  }

  /** Forgets what is known of a tensor's values, since a kernel changed them. */
  changed({ dataId }: { dataId: object }): void {
    this.#data(dataId).values = null;
  }

  // Values may be changed by whoever gave them, so they are taken at once.
  override write(values: unknown, shape: number[], dtype: string): object {
    const dataId = super.write(values, shape, dtype);
    if (values && dtype !== "string") this.uploadToGPU(dataId);
    return dataId;
  }

  override uploadToGPU(dataId: object): void {
    const data = this.#data(dataId);
    if (data.resource) return;
    const size = data.shape.reduce((a, b) => a * b, 1);
    const buffer = this.bufferManager.acquireBuffer(Math.max(4, 4 * size), MAP);
    data.resource = buffer as CardBuffer;
    if (!data.values) return;
    const typed = data.dtype === "float32"
      ? data.values instanceof Float32Array ? data.values : Float32Array.from(data.values)
      : data.values instanceof Int32Array
      ? data.values
      : Int32Array.from(data.values);
    if (typed.length > 0) this.card.write(data.resource, typed);
    data.values = null;
  }

  /** Reads tensors whose values are not known yet, all at once. */
  readTogether(tensors: readonly { dataId: object }[]): void {
    const unknown = new Map<object, TensorData>();
    for (const { dataId } of tensors) {
      const data = this.#data(dataId);
      if (!data.values && data.resource) unknown.set(dataId, data);
    }
    const wanted = [...unknown.values()].map(({ resource, shape }) => ({
      buffer: resource!,
      bytes: 4 * shape.reduce((a, b) => a * b, 1),
    }));
    const found = this.card.read(wanted);
    [...unknown.values()].forEach((data, i) => {
      const bytes = found[i]!;
      data.values = data.dtype === "float32"
        ? new Float32Array(bytes)
        : data.dtype === "int32"
        ? new Int32Array(bytes)
        : Uint8Array.from(new Int32Array(bytes));
    });
  }

  /** A copy, as of the WASM backend: it may be changed. */
  override readSync(dataId: object): unknown {
    const data = this.#data(dataId);
    if (!data.values) this.readTogether([{ dataId }]);
    return (data.values as Float32Array).slice();
  }

  // deno-lint-ignore require-await
  override async read(dataId: object): Promise<unknown> {
    return this.readSync(dataId);
  }

  /** Nothing to do: what lies on the card ends with its thread. */
  override dispose(): void {}

  /** tfjs calls it when a tensor's last reference goes. */
  override releaseResource(dataId: object): void {
    const data = this.#data(dataId);
    if (!data?.resource) return;
    this.bufferManager.releaseBuffer(data.resource);
    data.resource = null;
  }
}
