/** The documents promise things; these tests hold them to it. */
import { assert, assertEquals, assertStringIncludes } from "./deps.ts";

const ROOT = new URL("../", import.meta.url);
const README = await Deno.readTextFile(new URL("README.md", ROOT));

/** The code blocks of a language. */
function blocks(language: string): string[] {
  return [...README.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter((match) => match[1] === language)
    .map((match) => match[2]!);
}

/** The lines of the command line tour without the program's name and their comments. */
function tour(): string[] {
  return blocks("sh").join("").split("\n")
    .filter((line) => line.startsWith("tandem "))
    .map((line) => line.slice("tandem ".length).replace(/#.*$/, "").trim());
}

Deno.test("README.md has fewer than 150 lines", () => {
  assert(README.split("\n").length <= 150);
});

Deno.test("README.md begins with the two commands for a machine with only Node", () => {
  const [first] = blocks("sh");
  assertStringIncludes(first!, "npx -y deno@2.9.6 run -A cli/main.ts train");
  assertStringIncludes(first!, "npx -y deno@2.9.6 task test");
});

Deno.test("CONTRIBUTING.md names files that exist in its recipes", async () => {
  const text = await Deno.readTextFile(new URL("CONTRIBUTING.md", ROOT));
  const recipes = text.slice(text.indexOf("## Recipes"));
  const named = [...recipes.matchAll(/`((?:lib|cli|wasm|tests|fixtures)\/[\w/.]+)`/g)];
  assert(named.length > 10);
  for (const [, path] of named) {
    const found = await Deno.stat(new URL(path!, ROOT)).catch(() => undefined);
    assert(found, `CONTRIBUTING.md names ${path}`);
  }
});

Deno.test("README.md shows commands and options that the command line has", async () => {
  const lines = tour();
  assert(lines.length > 6);
  await Promise.all(lines.map(async (line) => {
    const words = line.split(" ");
    const command = words.slice(0, words.findIndex((word) => word.startsWith("-")) >>> 0);
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "cli/main.ts", ...command.slice(0, 2), "--help"],
      cwd: ROOT,
      env: { NO_COLOR: "1" },
    }).output();
    const help = new TextDecoder().decode(stdout);
    assertEquals(code, 0, line);
    assertStringIncludes(help, `Usage: tandem ${command[0]}`);
    for (const [option] of line.matchAll(/(?<= )--?[a-z-]+/g)) {
      assert(new RegExp(`(^|[ ,])${option}[ ,]`, "m").test(help), `${line}: no option ${option}`);
    }
    const isGroup = new RegExp(`^Usage: tandem ${command[0]} .*\\[command\\]`).test(help);
    assert(!isGroup || command.length === 1, `there is no command ${command.join(" ")}`);
  }));
});

Deno.test("README.md shows a program that runs", async () => {
  const [program, ...others] = blocks("ts");
  assertEquals(others, []);
  const script = await Deno.makeTempFile({ suffix: ".ts" });
  const library = new URL("mod.ts", ROOT).href;
  await Deno.writeTextFile(script, program!.replace('"./mod.ts"', JSON.stringify(library)));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", script],
    env: { NO_COLOR: "1" },
  }).output();
  await Deno.remove(script);
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  assertStringIncludes(new TextDecoder().decode(stdout), "A000_sa_ED.nii.gz -> ");
});
