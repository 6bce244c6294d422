/** The modules of Node that are asked for, and what they are called. */
interface Builtins {
  readonly fs: typeof import("node:fs");
  readonly os: typeof import("node:os");
  readonly worker_threads: typeof import("node:worker_threads");
}

/**
 * A module that Node and Deno bring along; undefined in a browser. It is asked for when it is wanted, so
 * that a bundle for a browser holds no import that nobody there can follow.
 */
export function builtinModule<Name extends keyof Builtins>(name: Name): Builtins[Name] | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  return process?.getBuiltinModule?.(name) as Builtins[Name] | undefined;
}
