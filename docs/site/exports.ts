/** What `mod.ts` exports, as `deno doc` tells it. */
import { pinOf, standInMap } from "./stand_ins.ts";

/** One export. */
export interface Exported {
  readonly name: string;
  /** Whether it is a type alone. */
  readonly isType: boolean;
  /** The file that holds it, from the root of the project. */
  readonly file: string;
  /** The first sentence of its comment, in Markdown; empty where there is none. */
  readonly summary: string;
}

/** A declaration in the JSON of `deno doc`. */
interface Declaration {
  readonly location: { readonly filename: string };
  readonly kind: string;
  readonly jsDoc?: { readonly doc?: string };
}

/** The first sentence, in one line, links to symbols as code. */
export function firstSentence(doc: string): string {
  const paragraph = doc.split(/\n\s*\n/)[0]!.replace(/\s+/g, " ").trim();
  const sentence = /^.*?[.:](?= [A-Z`]|$)/.exec(paragraph)?.[0] ?? paragraph;
  return sentence.replace(/\{@link(?:code)? ([^}| ]+)[^}]*\}/g, "`$1`").replace(/:$/, ".");
}

/** Every export of `mod.ts` by name. */
export async function readExports(root: URL): Promise<Exported[]> {
  const map = await standInMap(root);
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--json", "--quiet", "--no-lock", "--import-map", map, "mod.ts"],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output().finally(() => Deno.remove(map));
  if (code !== 0) {
    throw new Error(`Cannot list the exports of mod.ts: ${new TextDecoder().decode(stderr)}`);
  }
  const { nodes } = JSON.parse(new TextDecoder().decode(stdout)) as {
    nodes: Record<string, { symbols: { name: string; declarations: Declaration[] }[] }>;
  };
  const [{ symbols }] = Object.values(nodes) as [{ symbols: never[] }];
  return (symbols as { name: string; declarations: Declaration[] }[]).map(
    ({ name, declarations }) => {
      const path = declarations[0]!.location.filename.slice(root.href.length);
      return {
        name,
        isType: declarations.every(({ kind }) => ["interface", "typeAlias"].includes(kind)),
        file: pinOf(path),
        summary: firstSentence(declarations.find(({ jsDoc }) => jsDoc?.doc)?.jsDoc?.doc ?? ""),
      };
    },
  ).sort((a, b) => a.name < b.name ? -1 : 1);
}
