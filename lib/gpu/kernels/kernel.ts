/**
 * What a kernel is made of. Bindings, the struct of its sizes and the entry point are written here, so
 * that a kernel's file holds its arithmetic alone.
 *
 * In a body, `group` is the workgroup (vec3), `groups` their number, `lane` the thread within it, and
 * `u` the sizes and factors. `u.one` is 1, which no compiler knows: a loop whose bound it stands in is
 * not unrolled. Workgroup memory is dear to compile on lavapipe (1024 floats take 20 s, since each is
 * set to zero by itself), so kernels come in few forms and small trees. No kernel adds in an order that chance decides.
 */

/** The entries of a buffer. */
export type Element = "f32" | "i32" | "vec4<f32>";

/** A kernel in WGSL. */
export interface Kernel {
  /** What tells it from all others: it is compiled once. */
  readonly name: string;
  /** Buffers that are read, in order. */
  readonly inputs: Readonly<Record<string, Element>>;
  /** Buffers that are written, and may be read. */
  readonly outputs: Readonly<Record<string, Element>>;
  /** Whole numbers 0 or more that it is told. */
  readonly sizes: readonly string[];
  /** Other numbers that it is told. */
  readonly factors?: readonly string[];
  /** Threads of a workgroup. */
  readonly threads: number;
  /** Functions and workgroup variables in front of the body. */
  readonly before?: string;
  readonly body: string;
}

/** Threads of a workgroup where every thread makes one entry. */
export const FLAT = 256;

/** Declares the index of a thread's own entry of `u.size`; those past the end return. */
export const EACH_ENTRY = `
  let index = (group.y * groups.x + group.x) * ${FLAT}u + lane;
  if (index >= u.size) { return; }`;

/** The whole module. */
export function wgslOf(kernel: Kernel): string {
  const { inputs, outputs, sizes, factors = [], threads, before = "", body } = kernel;
  const names = [...Object.entries(inputs), ...Object.entries(outputs)];
  const bindings = names.map(([name, type], i) => {
    const access = i < Object.keys(inputs).length ? "read" : "read_write";
    return `@group(0) @binding(${i}) var<storage, ${access}> ${name}: array<${type}>;`;
  });
  const fields = [
    ...sizes.map((name) => `  ${name}: u32,`),
    ...factors.map((name) => `  ${name}: f32,`),
    "  one: u32,",
  ];
  return `struct Sizes {
${fields.join("\n")}
}
${bindings.join("\n")}
@group(0) @binding(${names.length}) var<uniform> u: Sizes;
${before}
@compute @workgroup_size(${threads})
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
${body}
}
`;
}
