/**
 * `deno task build:types` writes lib/base/config/resolved_config.ts: what the schema of a configuration
 * gives, as an interface that is read without inferring it, with what the settings mean.
 */
import { describeSections, describeSettings } from "../lib/base/config/describe_settings.ts";
import { ts } from "./deps.ts";
import { withPackagesBeside } from "./packages_beside.ts";
import { readSources, ROOT } from "./sources.ts";

/** Where it goes. */
export const CONFIG_TYPES = new URL("lib/base/config/resolved_config.ts", ROOT);

const HOME = "lib/base/config/", SCHEMA = `${HOME}config_schema.ts`;

/** Columns of a line of comment. */
const WIDTH = 100;

/** What CONFIG_TYPES should hold, before `deno fmt`. */
export async function configTypes(): Promise<string> {
  return await withPackagesBeside(await readSources(), [SCHEMA], (folder) => {
    const program = ts.createProgram([`${folder}/${SCHEMA}`], {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ["lib.esnext.d.ts"],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      allowImportingTsExtensions: true,
      preserveSymlinks: true,
      noEmit: true,
    });
    return new Printer(program.getTypeChecker(), folder).file(
      program.getSourceFile(`${folder}/${SCHEMA}`)!,
    );
  });
}

/** Writes types out; those that the library names are imported. */
class Printer {
  readonly #imports = new Map<string, Set<string>>();
  readonly #meanings = new Map(
    [...describeSections(), ...describeSettings()].map(({ key, meaning }) => [key, meaning]),
  );

  constructor(readonly checker: ts.TypeChecker, readonly folder: string) {}

  file(source: ts.SourceFile): string {
    const schema = this.checker.getExportsOfModule(this.checker.getSymbolAtLocation(source)!)
      .find(({ name }) => name === "configSchema")!;
    const output = this.checker.getPropertyOfType(this.checker.getTypeOfSymbol(schema), "_output")!;
    const body = this.show(this.checker.getTypeOfSymbol(output), []);
    const imports = [...this.#imports].sort(([a], [b]) => a < b ? -1 : 1).map(([from, names]) =>
      `import type { ${[...names].sort().join(", ")} } from "${from}";\n`
    );
    return `// Made by \`deno task build:types\` of config_schema.ts.\n${imports.join("")}\n` +
      "/** A configuration in which every setting has its value. */\n" +
      `export interface ResolvedConfig ${body}\n`;
  }

  show(type: ts.Type, path: readonly string[]): string {
    const named = this.#named(type);
    if (named !== undefined) return named;
    if (type.flags & ts.TypeFlags.Boolean) return "boolean";
    if (type.isUnion()) return this.#union(type, path);
    if (this.checker.isArrayType(type)) {
      const readonly = this.checker.typeToString(type).startsWith("readonly") ? "readonly " : "";
      const [element] = this.checker.getTypeArguments(type as ts.TypeReference);
      const text = this.show(element!, path);
      return `${readonly}${/^[^{]*\|/.test(text) ? `(${text})` : text}[]`;
    }
    if (this.checker.isTupleType(type)) {
      const parts = this.checker.getTypeArguments(type as ts.TypeReference);
      return `[${parts.map((part) => this.show(part, path)).join(", ")}]`;
    }
    const properties = type.getProperties();
    if (!(type.flags & ts.TypeFlags.Object) || properties.length === 0) {
      return this.checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
    }
    const lines = properties.map((property) => {
      const own = [...path, property.name], optional = property.flags & ts.SymbolFlags.Optional;
      const text = this.show(this.checker.getTypeOfSymbol(property), own);
      return `${comment(this.#meanings.get(own.join(".")), 2 * own.length)}${property.name}${
        optional ? "?" : ""
      }: ${text};`;
    });
    return `{\n${lines.join("\n")}\n}`;
  }

  /** `undefined` and `null` last, texts by the alphabet. */
  #union(type: ts.UnionType, path: readonly string[]): string {
    const { BooleanLiteral } = ts.TypeFlags;
    const isBoolean = type.types.filter(({ flags }) => flags & BooleanLiteral).length === 2;
    const others = type.types.filter(({ flags }) => !(isBoolean && flags & BooleanLiteral));
    const texts = [...isBoolean ? ["boolean"] : [], ...others.map((one) => this.show(one, path))];
    const rank = (text: string) => ["null", "undefined"].indexOf(text);
    return [...new Set(texts)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).join(" | ");
  }

  /** A type that the library exports under a name. */
  #named(type: ts.Type): string | undefined {
    const symbol = type.aliasSymbol ?? type.symbol;
    const [declaration] = symbol?.declarations ?? [];
    const isNamed = declaration !== undefined &&
      (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration));
    const file = declaration?.getSourceFile().fileName.slice(this.folder.length + 1) ?? "";
    if (!isNamed || !file.startsWith("lib/") || file === SCHEMA || type.aliasTypeArguments) {
      return undefined;
    }
    const from = file.startsWith(HOME)
      ? `./${file.slice(HOME.length)}`
      : file.split("/").length === 2
      ? `../../${file.slice("lib/".length)}`
      : `../${file.slice("lib/base/".length)}`;
    const names = this.#imports.get(from) ?? new Set();
    this.#imports.set(from, names.add(symbol!.name));
    return symbol!.name;
  }
}

/** A doc comment in lines. */
function comment(text: string | undefined, indent: number): string {
  if (text === undefined) return "";
  if (text.length + indent + "/**  */".length <= WIDTH) return `/** ${text} */\n`;
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = `${lines.at(-1)} ${word}`.trim();
    if (line.length + indent + " * ".length <= WIDTH) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return `/**\n${lines.map((line) => ` * ${line}\n`).join("")} */\n`;
}

/** Text as `deno fmt` writes it. */
export async function formatted(text: string): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--ext", "ts", "-"],
    ...{ cwd: ROOT, stdin: "piped", stdout: "piped", stderr: "inherit" },
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const { success, stdout } = await child.output();
  if (!success) throw new Error("Cannot write the types of settings: deno fmt refuses them");
  return new TextDecoder().decode(stdout);
}

if (import.meta.main) await Deno.writeTextFile(CONFIG_TYPES, await formatted(await configTypes()));
