import { assert, assertEquals, assertStringIncludes } from "../deps.ts";
import { inFolder } from "../imaging/data/tiny_heart.ts";
import { whereThereRuns } from "../where_there_is.ts";
import { tandem } from "./run_tandem.ts";

/** What a program prints of a script and a file with what `completions` made for its shell. */
async function inShell(shell: string, program: string): Promise<string[]> {
  const made = await tandem("completions", shell);
  assertEquals([made.code, made.stderr], [0, ""]);
  let lines: string[] = [];
  await inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/made`, made.stdout);
    await Deno.writeTextFile(`${dir}/program`, program);
    const options = shell === "zsh" ? ["-f"] : [];
    const { code, stdout, stderr } = await new Deno.Command(shell, {
      args: [...options, `${dir}/program`, `${dir}/made`],
      cwd: dir,
      env: { HOME: dir, LC_ALL: "C" },
    }).output();
    const said = new TextDecoder().decode(stderr);
    assertEquals([code, said], [0, ""]);
    lines = new TextDecoder().decode(stdout).trimEnd().split("\n");
  });
  return lines;
}

Deno.test({
  ...await whereThereRuns("bash", "completions bash completes commands, options and choices"),
  fn: async () => {
    const said = await inShell(
      "bash",
      `source "$1"
complete -p tandem
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _tandem; echo "\${COMPREPLY[*]}"; }
try tandem tra
try tandem train --lay
try tandem train --layout ""
try tandem train --layout = ac
try tandem train --layout =
try tandem train --method st
try tandem train --data ""
try tandem study --preset smoke st
try tandem study status --js
try tandem predict --probabilities -i sta
try tandem artifacts --suite ch
try tandem artifacts apply mot
try tandem completions ""
`,
    );
    assertEquals(said, [
      "complete -o default -F _tandem tandem",
      ...["train", "--layout", "auto acdc mnms folder nnunet decathlon bids", "acdc"],
      ...["auto acdc mnms folder nnunet decathlon bids", "standard", "", "status", "--json", ""],
      ...["chen2021", "motion", "bash zsh fish"],
    ]);
  },
});

Deno.test({
  ...await whereThereRuns("zsh", "completions zsh completes commands, options and choices"),
  fn: async () => {
    const said = await inShell(
      "zsh",
      `compdef() { print -r -- "compdef $*" }
source "$1"
_describe() { print -rl -- "\${(P)2[@]}" }
_files() { print files }
compset() { :; }
try() { words=("$@"); CURRENT=$#; _tandem }
try tandem train --layout ""
try tandem train --layout=a
try tandem train --data ""
try tandem study --preset smoke "" | grep '^run:'
try tandem study status --js | grep '^--json'
`,
    );
    const layouts = ["auto", "acdc", "mnms", "folder", "nnunet", "decathlon", "bids"];
    assertEquals(said.slice(0, 1 + 2 * layouts.length + 1), [
      "compdef _tandem tandem",
      ...layouts,
      ...layouts,
      "files",
    ]);
    assert(said.at(-2)!.startsWith("run:"), said.at(-2));
    assertEquals(said.at(-1), "--json:print JSON");
  },
});

Deno.test({
  ...await whereThereRuns("fish", "completions fish completes commands, options and choices"),
  fn: async () => {
    const said = await inShell(
      "fish",
      `source $argv[1]
complete -C "tandem tra" | string split -f 1 \\t
complete -C "tandem train --layout a" | string split -f 1 \\t
complete -C "tandem study --preset smoke stat" | string split -f 1 \\t
complete -C "tandem artifacts apply mot" | string split -f 1 \\t
complete -C "tandem study status --js" | string split -f 1 \\t
`,
    );
    assertEquals(said, ["train", "acdc", "auto", "status", "motion", "--json"]);
  },
});

Deno.test("completions refuses a shell that it does not know with exit code 2", async () => {
  const { code, stderr } = await tandem("completions", "tcsh");
  assertEquals(code, 2);
  assertStringIncludes(stderr, "Allowed choices are bash, zsh, fish.");
});
