/** Examples in doc comments are for who has `mod.ts` alone. */
import { assert, assertEquals } from "./deps.ts";

const MOD = new URL("../mod.ts", import.meta.url).pathname;

/** A symbol as `deno doc --json` tells of it. */
interface DocSymbol {
  readonly name: string;
  readonly declarations: readonly unknown[];
}

async function exportedSymbols(): Promise<readonly DocSymbol[]> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--json", MOD],
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  const { nodes } = JSON.parse(new TextDecoder().decode(stdout));
  return Object.values(nodes as Record<string, { symbols: DocSymbol[] }>)
    .flatMap(({ symbols }) => symbols);
}

/** The texts of all examples below a value. */
function examplesIn(value: unknown): string[] {
  if (value === null || typeof value !== "object") return [];
  const { kind, doc } = value as { kind?: unknown; doc?: unknown };
  const own = kind === "example" && typeof doc === "string" ? [doc] : [];
  return [...own, ...Object.values(value).flatMap(examplesIn)];
}

/** The names that an example imports, types included. */
function importsOf(example: string): string[] {
  return [...example.matchAll(/import (?:type )?\{([^}]*)\} from "\.[^"]*"/g)]
    .flatMap(([, names]) => names!.split(","))
    .map((name) => name.trim().replace(/^type /, "").split(" as ")[0]!)
    .filter((name) => name !== "");
}

Deno.test("examples of what mod.ts exports import nothing that it does not", async () => {
  const symbols = await exportedSymbols();
  const exported = new Set(symbols.map(({ name }) => name));
  const imports = symbols.flatMap(({ name, declarations }) =>
    examplesIn(declarations).flatMap((text) => importsOf(text).map((imported) => [name, imported]))
  );
  assert(imports.length > 50, `${imports.length} imports`);
  const lacking = imports.filter(([, imported]) => !exported.has(imported!));
  assertEquals(lacking.map(([name, imported]) => `${name}: ${imported}`), []);
});

Deno.test("importsOf() finds what an example imports", () => {
  const text = 'import { a, type B as C } from "./x.ts";\nimport type { D } from "../y.ts";\n' +
    'import { z } from "npm:z";\n';
  assertEquals(importsOf(text), ["a", "B", "D"]);
});
