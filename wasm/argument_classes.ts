import type { ArgumentType, KernelDeclarations } from "./kernel_arguments.ts";

const TYPES: Readonly<Record<ArgumentType, string>> = {
  pointer: "usize",
  optional: "usize",
  count: "i32",
  bytes: "usize",
  i32: "i32",
  flag: "i32",
  f32: "f32",
};

/** The name of the class of a kernel's arguments. */
const className = (kernel: string) => `${kernel[0]!.toUpperCase()}${kernel.slice(1)}Arguments`;

/**
 * The AssemblyScript module that gives kernels their arguments by name: for each kernel a class whose
 * fields lie in memory as the pool writes them. Reading a field is one load at a constant offset.
 */
export function argumentClasses(kernels: KernelDeclarations): string {
  const classes = Object.entries(kernels).map(([kernel, declared]) => {
    const fields = Object.entries(declared).map(([name, type]) => `  ${name}: ${TYPES[type]};\n`);
    return `\n/** What ${kernel} is told. */\n@unmanaged\nexport class ${className(kernel)} {\n` +
      `${fields.join("")}}\n`;
  });
  return "/** Written by `deno task build:wasm` from wasm/kernel_arguments.ts: change that one. */\n" +
    classes.join("");
}
