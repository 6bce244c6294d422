/**
 * What tfjs's WebGPU backend takes for a `GPUDevice`: it hands every call to the card's thread. Only
 * what that backend calls is there. A command goes out when it is recorded, not when it is submitted:
 * the order is the program's, and that is stricter than WebGPU's own.
 */
import { type Card, CardBuffer, type CardPipeline } from "../device/card.ts";

interface Entry {
  readonly binding: number;
  readonly resource: CardBuffer | { readonly buffer: CardBuffer };
}

/** Makes the stand-in. */
export function tfjsDevice(card: Card) {
  return {
    features: new Set<string>(),
    limits: card.info.limits,
    lost: new Promise<never>(() => {}),
    queue: {
      submit: () => {},
      writeBuffer: (
        buffer: CardBuffer,
        offset: number,
        data: ArrayBuffer,
        from: number,
        bytes: number,
      ) => card.write(buffer, new Uint8Array(data, from, bytes), offset),
    },
    createBuffer: ({ size, usage }: { size: number; usage: number }) =>
      Object.assign(card.createBuffer(size, usage), { mapState: "unmapped" }),
    createShaderModule: ({ code, label }: { code: string; label: string }) => ({ code, label }),
    createComputePipeline: (
      { compute: { module, entryPoint } }: {
        compute: { module: { code: string; label: string }; entryPoint: string };
      },
    ) => {
      const pipeline = card.createPipeline(module.label, module.code, entryPoint);
      return { ...pipeline, getBindGroupLayout: () => undefined };
    },
    createBindGroup: ({ entries }: { entries: readonly Entry[] }) =>
      // Buffers of tensors stand there bare: to tfjs they are no GPUBuffer.
      entries.map(({ resource }) => resource instanceof CardBuffer ? resource : resource.buffer),
    createCommandEncoder: () => {
      let pipeline: CardPipeline, buffers: readonly CardBuffer[];
      return {
        beginComputePass: () => ({
          setPipeline: (next: CardPipeline) => pipeline = next,
          setBindGroup: (_: number, next: readonly CardBuffer[]) => buffers = next,
          dispatchWorkgroups: (x: number, y = 1, z = 1) =>
            card.dispatch(pipeline, buffers, [x, y, z]),
          end: () => {},
        }),
        copyBufferToBuffer: (
          from: CardBuffer,
          fromAt: number,
          to: CardBuffer,
          toAt: number,
          bytes: number,
        ) => card.copy(from, fromAt, to, toAt, bytes),
        finish: () => undefined,
      };
    },
  };
}
