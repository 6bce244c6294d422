/**
 * The thread that drives the card.
 *
 * WebGPU answers by promises, but tfjs's gradients and all of `learning/` are synchronous. So the
 * device lives in a thread of its own: the caller sends commands, and where it wants numbers back it
 * sleeps on shared memory until they are there. Commands are done in the order in which they were
 * sent, so that what is freed may be used again at once.
 *
 * Both functions are sent as text, because only so can a worker thread start when Tandem itself was
 * imported over http. They may use nothing from outside their own bodies.
 */
import process from "node:process";
import type {
  BindingKind,
  CardInfo,
  CardProblem,
  CardRequest,
  CardTask,
  Command,
  KernelTime,
} from "./commands.ts";

/** The parts of WebGPU that the thread uses. */
// deno-lint-ignore no-explicit-any
type Anything = any;

/** Serves one card until the thread is ended. */
export async function serveCard(
  task: CardTask,
  answer: (message: Anything) => void,
  listen: (hear: (request: CardRequest) => void) => void,
): Promise<void> {
  // The four usages that buffers of the thread's own have.
  const USAGE = { mapRead: 1, copyFrom: 4, copyTo: 8, resolve: 512 }, COMPUTE = 4;
  const { gpu } = navigator as Anything;
  if (!gpu) return answer({ type: "none", text: "WebGPU is not to be had here" });
  const adapter = await gpu.requestAdapter({
    powerPreference: task.powerPreference,
    forceFallbackAdapter: task.fallback,
  });
  if (!adapter) return answer({ type: "none", text: "no adapter was found" });
  const wanted = [
    "maxBufferSize",
    "maxStorageBufferBindingSize",
    "maxStorageBuffersPerShaderStage",
    "maxComputeWorkgroupStorageSize",
    "maxComputeInvocationsPerWorkgroup",
    "maxComputeWorkgroupSizeX",
    "maxComputeWorkgroupsPerDimension",
  ];
  const limits: Record<string, number> = {};
  for (const name of wanted) limits[name] = adapter.limits[name];
  const timed = adapter.features.has("timestamp-query");
  const device: Anything = await adapter.requestDevice({
    requiredFeatures: timed ? ["timestamp-query"] : [],
    requiredLimits: limits,
  });

  const { vendor, architecture, device: name, description } = adapter.info;
  const words = `${vendor} ${architecture} ${name} ${description}`;
  const info: CardInfo = {
    ...{ vendor, architecture, device: name, description },
    software: adapter.info.isFallbackAdapter === true ||
      /llvmpipe|lavapipe|swiftshader|software|basic render/i.test(words),
    features: [...adapter.features].sort(),
    limits,
  };

  let problem: CardProblem | undefined;
  const tell = (kind: CardProblem["kind"], text: string) => {
    // A lost device explains all that follows; of the others the first does.
    if (problem === undefined || (kind === "device lost" && problem.kind !== kind)) {
      problem = { kind, text };
    }
  };
  device.lost.then(({ reason, message }: Anything) =>
    tell("device lost", message || reason || "no reason given")
  );

  const buffers = new Map<number, Anything>();
  const pipelines = new Map<number, { pipeline: Anything; layout: Anything; name: string }>();
  const times: KernelTime[] = [];
  let profiling = false;

  /** What is recorded and not yet submitted. */
  let encoder: Anything, pass: Anything;
  const endPass = () => {
    pass?.end();
    pass = undefined;
  };
  const submit = () => {
    endPass();
    if (encoder) device.queue.submit([encoder.finish()]);
    encoder = undefined;
  };

  function makePipeline(
    id: number,
    name: string,
    code: string,
    entryPoint: string,
    kinds: readonly BindingKind[] | undefined,
  ) {
    const module = device.createShaderModule({ code, label: name });
    let layout: Anything = "auto", group: Anything;
    if (kinds) {
      group = device.createBindGroupLayout({
        entries: kinds.map((type, binding) => ({
          binding,
          visibility: COMPUTE,
          buffer: { type },
        })),
      });
      layout = device.createPipelineLayout({ bindGroupLayouts: [group] });
    }
    const pipeline = device.createComputePipeline({
      label: name,
      layout,
      compute: { module, entryPoint },
    });
    pipelines.set(id, { pipeline, layout: group ?? pipeline.getBindGroupLayout(0), name });
  }

  let queries: { set: Anything; names: string[] } | undefined;
  const MOST_QUERIES = 1024;

  function beginPass(name: string) {
    if (!profiling || !timed) return pass ??= encoder.beginComputePass();
    endPass();
    queries ??= {
      set: device.createQuerySet({ type: "timestamp", count: 2 * MOST_QUERIES }),
      names: [],
    };
    const at = 2 * queries.names.length;
    queries.names.push(name);
    pass = encoder.beginComputePass({
      timestampWrites: {
        querySet: queries.set,
        beginningOfPassWriteIndex: at,
        endOfPassWriteIndex: at + 1,
      },
    });
    return pass;
  }

  /** Waits for what was submitted and notes what each kernel took. */
  async function takeTimes() {
    if (!queries || queries.names.length === 0) return;
    const { set, names } = queries, bytes = 16 * names.length;
    const resolved = device.createBuffer({ size: bytes, usage: USAGE.resolve | USAGE.copyFrom });
    const mapped = device.createBuffer({ size: bytes, usage: USAGE.mapRead | USAGE.copyTo });
    encoder ??= device.createCommandEncoder();
    endPass();
    encoder.resolveQuerySet(set, 0, 2 * names.length, resolved, 0);
    encoder.copyBufferToBuffer(resolved, 0, mapped, 0, bytes);
    submit();
    await mapped.mapAsync(1);
    const stamps = new BigUint64Array(mapped.getMappedRange());
    names.forEach((name, i) =>
      times.push({ name, milliseconds: Number(stamps[2 * i + 1]! - stamps[2 * i]!) / 1e6 })
    );
    resolved.destroy();
    mapped.destroy();
    queries.names = [];
  }

  function run(command: Command) {
    switch (command[0]) {
      case "buffer": {
        const [, id, size, usage] = command;
        buffers.set(id, device.createBuffer({ size, usage }));
        return;
      }
      case "destroy":
        // What was recorded may still use it.
        submit();
        buffers.get(command[1])?.destroy();
        buffers.delete(command[1]);
        return;
      case "write": {
        const [, id, offset, data] = command;
        submit();
        device.queue.writeBuffer(buffers.get(id), offset, data, 0, data.byteLength);
        return;
      }
      case "copy": {
        const [, from, fromAt, to, toAt, bytes] = command;
        endPass();
        encoder ??= device.createCommandEncoder();
        encoder.copyBufferToBuffer(buffers.get(from), fromAt, buffers.get(to), toAt, bytes);
        return;
      }
      case "pipeline": {
        const [, id, name, code, entry, kinds] = command;
        makePipeline(id, name, code, entry, kinds);
        return;
      }
      case "dispatch": {
        const [, id, bindings, groups] = command;
        const { pipeline, layout, name } = pipelines.get(id)!;
        encoder ??= device.createCommandEncoder();
        const group = device.createBindGroup({
          layout,
          entries: bindings.map(({ binding, buffer, offset, size }) => ({
            binding,
            resource: {
              buffer: buffers.get(buffer),
              ...(offset !== undefined && { offset }),
              ...(size !== undefined && { size }),
            },
          })),
        });
        const to = beginPass(name);
        to.setPipeline(pipeline);
        to.setBindGroup(0, group);
        to.dispatchWorkgroups(...groups);
      }
    }
  }

  /** Runs commands and hears what the card has against them. */
  async function runAll(commands: readonly Command[]) {
    for (const scope of ["validation", "out-of-memory", "internal"]) device.pushErrorScope(scope);
    try {
      for (const command of commands) {
        run(command);
        if (queries && queries.names.length === MOST_QUERIES) await takeTimes();
      }
      submit();
    } catch (error) {
      tell("validation error", (error as Error)?.message ?? String(error));
      encoder = pass = undefined;
    }
    for (const kind of ["validation error", "out of memory", "validation error"] as const) {
      // The scope that was opened last is closed first.
      const found = await device.popErrorScope().catch(() => null);
      if (!found) continue;
      const isMemory = found.constructor?.name === "GPUOutOfMemoryError" ||
        /out of memory|not enough memory/i.test(found.message);
      tell(isMemory ? "out of memory" : kind, found.message);
    }
  }

  let staging: Anything;
  async function read({ parts, answer: shared, problem: told }: CardRequest & { type: "read" }) {
    const flag = new Int32Array(shared, 0, 4);
    try {
      const whole = parts.reduce((sum, { bytes }) => sum + bytes, 0);
      if (problem === undefined && whole > 0) {
        if (!staging || staging.size < whole) {
          staging?.destroy();
          staging = device.createBuffer({ size: whole, usage: USAGE.mapRead | USAGE.copyTo });
        }
        encoder = device.createCommandEncoder();
        let at = 0;
        for (const { buffer, offset, bytes } of parts) {
          encoder.copyBufferToBuffer(buffers.get(buffer), offset, staging, at, bytes);
          at += bytes;
        }
        submit();
        await staging.mapAsync(1, 0, whole);
        new Uint8Array(shared, 16, whole).set(new Uint8Array(staging.getMappedRange(0, whole)));
        staging.unmap();
      }
    } catch (error) {
      encoder = pass = undefined;
      // Where the device is gone, its own reason comes in the next turn.
      await new Promise((resolve) => setTimeout(resolve, 20));
      tell("validation error", (error as Error)?.message ?? String(error));
    }
    if (problem === undefined) Atomics.store(flag, 0, 1);
    else {
      const text = new TextEncoder().encode(JSON.stringify(problem)).subarray(0, told.byteLength);
      new Uint8Array(told).set(text);
      Atomics.store(flag, 1, text.byteLength);
      // What is told once is over, unless the device is.
      if (problem.kind !== "device lost") problem = undefined;
      Atomics.store(flag, 0, 2);
    }
    Atomics.notify(flag, 0);
  }

  async function serve(request: CardRequest) {
    switch (request.type) {
      case "run":
        return await runAll(request.commands);
      case "read":
        await runAll(request.commands);
        return await read(request);
      case "profile":
        profiling = request.on;
        return;
      case "times":
        await takeTimes();
        answer({ type: "times", times: times.splice(0) });
        return;
      case "lose":
        device.destroy();
        tell("device lost", "it was given up for a test");
        return;
      case "close":
        device.destroy();
        answer({ type: "closed" });
    }
  }
  let last: Promise<unknown> = Promise.resolve();
  listen((request) => last = last.then(() => serve(request)));
  answer({ type: "ready", info });
}

/** A thread that serves a card. */
export interface CardThread {
  readonly info: CardInfo;
  postMessage(request: CardRequest): void;
  /** What the kernels took since it was asked last, while profiling is on. */
  times(): Promise<readonly KernelTime[]>;
  /** Gives the card back and ends the thread. */
  close(): Promise<unknown>;
}

/**
 * Deno would also take a card through OpenGL, which computes by detours, and whose Mesa ends the
 * process with a crash; and without XDG_RUNTIME_DIR, as on a server, Mesa prints errors that are none.
 * What a person has set stays.
 *
 * @returns What takes back what only the start needs.
 */
function prepareEnvironment(): () => void {
  const { env } = process;
  // Without the permission Deno takes what it finds; nobody is asked for it.
  if (!maySet("DENO_WEBGPU_BACKEND") || !maySet("XDG_RUNTIME_DIR")) return () => {};
  env.DENO_WEBGPU_BACKEND ??= "vulkan,metal,dx12";
  if (process.platform !== "linux" || env.XDG_RUNTIME_DIR !== undefined) return () => {};
  env.XDG_RUNTIME_DIR = "/tmp";
  return () => void delete env.XDG_RUNTIME_DIR;
}

/** Whether a variable of the environment may be set without a question. */
function maySet(variable: string): boolean {
  const { permissions } = (globalThis as Anything)["Deno"] ?? {};
  return permissions?.querySync({ name: "env", variable }).state === "granted";
}

/**
 * Starts a thread with a card.
 *
 * @returns Why there is none, as text, where none was found.
 */
export async function startCardThread(task: CardTask): Promise<CardThread | string> {
  const restore = prepareEnvironment();
  const { Worker } = await import("node:worker_threads");
  const source = `const { parentPort, workerData } = process.getBuiltinModule("worker_threads");
(${serveCard})(workerData, (message) => parentPort.postMessage(message),
  (hear) => parentPort.on("message", hear))
  .catch((error) => parentPort.postMessage({ type: "none", text: String(error?.message ?? error) }));`;
  const url = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  const worker = new Worker(url, { workerData: task });
  const message = () =>
    new Promise<Anything>((resolve, reject) => {
      const hear = (answer: Anything) => {
        worker.off("error", reject);
        resolve(answer);
      };
      worker.once("message", hear).once("error", reject);
    });
  const first = await message().finally(restore);
  if (first.type !== "ready") {
    await worker.terminate();
    return first.text;
  }
  worker.unref();
  return {
    info: first.info,
    postMessage: (request) => worker.postMessage(request),
    times: async () => {
      const found = message();
      worker.ref();
      worker.postMessage({ type: "times" } satisfies CardRequest);
      const { times } = await found;
      worker.unref();
      return times;
    },
    // A thread that is torn down with its device at work can take the process along.
    close: async () => {
      worker.ref();
      const closed = message();
      worker.postMessage({ type: "close" } satisfies CardRequest);
      await closed;
      await worker.terminate();
    },
  };
}
