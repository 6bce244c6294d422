import { assertEquals, assertThrows } from "../../../deps.ts";
import { ConfigError } from "../../../../lib/base/config/config_error.ts";
import { commandWords } from "../../../../lib/workflows/challenge/models/command_words.ts";

Deno.test("commandWords() splits as a shell does, and expands nothing", () => {
  const cases: [string, string[]][] = [
    ["a b  c", ["a", "b", "c"]],
    [`"my program" 'in put'/x --a="b c"`, ["my program", "in put/x", "--a=b c"]],
    [String.raw`a\ b "c\"d" 'e\f' "g\h"`, ["a b", 'c"d', String.raw`e\f`, String.raw`g\h`]],
    ["x '' \"\"", ["x", "", ""]],
    ["x $HOME `id` ; rm > y | z && {input}", [
      ...["x", "$HOME", "`id`", ";", "rm", ">", "y", "|", "z", "&&", "{input}"],
    ]],
    [`"it's" 'a "b"'`, ["it's", 'a "b"']],
  ];
  for (const [text, words] of cases) assertEquals<string[]>(commandWords(text), words, text);
});

Deno.test("commandWords() refuses open quotes and emptiness", () => {
  assertThrows(() => commandWords(`run "a`), ConfigError, "not closed");
  for (const text of ["", "  ", "''"]) assertThrows(() => commandWords(text), ConfigError, "empty");
});

Deno.test("commandWords() leaves the backslashes of paths under Windows", () => {
  const text = String.raw`C:\models\run.exe "C:\in put\{input}" 'a\b'`;
  assertEquals<string[]>(commandWords(text, "windows"), [
    ...[String.raw`C:\models\run.exe`, String.raw`C:\in put\{input}`, String.raw`a\b`],
  ]);
});
