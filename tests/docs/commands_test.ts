/** Commands, options, tasks and settings that the documents show are ones that Tandem has. */
import { assert, assertEquals } from "../deps.ts";
import project from "../../deno.json" with { type: "json" };
import { blocksOf, readDocuments, spansOf } from "./documents.ts";
import { commandsOf } from "./shell_lines.ts";
import { toTandem, wrongWith } from "./tandem_words.ts";

const DOCUMENTS = await readDocuments();
const SHOWN = DOCUMENTS.flatMap(({ path, text }) =>
  [...blocksOf(text, "sh"), ...spansOf(text)].flatMap((code) =>
    commandsOf(code).map((words) => ({ path, words }))
  )
);

Deno.test("the documents show commands, options, choices and settings that exist", () => {
  const lines = SHOWN.flatMap(({ path, words }) => {
    const said = toTandem(words);
    return said === undefined ? [] : [{ path, said }];
  });
  assert(lines.length > 100, `${lines.length} commands were found`);
  const wrong = lines.flatMap(({ path, said }) => {
    const reason = wrongWith(said);
    return reason === undefined ? [] : [`${path}: tandem ${said.join(" ")}: ${reason}`];
  });
  assertEquals(wrong, []);
});

Deno.test("the documents name tasks that exist", () => {
  const named = SHOWN.flatMap(({ path, words }) => {
    const at = words.findIndex((word, i) =>
      word === "task" && /^deno(@|$)/.test(words[i - 1] ?? "")
    );
    return at < 0 || words[at + 1] === undefined ? [] : [{ path, task: words[at + 1]! }];
  });
  assert(named.length > 10);
  const wrong = named.filter(({ task }) => !Object.hasOwn(project.tasks, task));
  assertEquals(wrong, []);
});

Deno.test("a command, an option, a choice or a setting that does not exist is found", () => {
  assertEquals(wrongWith(["train", "--data", "x", "--set", "data.size=auto"]), undefined);
  assertEquals(wrongWith(["trian"]), "no command trian");
  assertEquals(wrongWith(["train", "--dta", "x"]), "no option --dta");
  assertEquals(wrongWith(["study", "status", "x", "--json"]), undefined);
  assertEquals(wrongWith(["train", "--set", "data.sizes=3"]), "no setting data.sizes");
  assert(wrongWith(["train", "--preset", "quik"])?.includes("Allowed choices"));
});

Deno.test("toTandem() finds what is said to Tandem in a line of a shell", () => {
  const line = 'cd x && npx -y deno@2.9.6 run -A cli/main.ts train --set "a=b # c" | tail # done';
  const [, words] = commandsOf(line);
  assertEquals(toTandem(words!), ["train", "--set", "a=b # c"]);
  assertEquals(toTandem(["deno", "task", "fast", "study"]), ["study"]);
  assertEquals(toTandem(["alias", "tandem=x"]), undefined);
});
