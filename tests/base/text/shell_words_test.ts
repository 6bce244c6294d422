import { assertEquals, assertThrows } from "../../deps.ts";
import { shellWord } from "../../../lib/base/text/shell_word.ts";
import { shellWords } from "../../../lib/base/text/shell_words.ts";

Deno.test("shellWords() takes back what shellWord() makes, and refuses a quote that is open", () => {
  const words = ["plain", "", "two words", `it's "so"`, "back\\slash", "$HOME `x` *", "a=b,c:/d"];
  assertEquals(shellWords(words.map(shellWord).join(" ")), words);
  assertEquals(shellWords("  "), []);
  assertThrows(() => shellWords("a 'b"), SyntaxError, "a ' is not closed");
});

Deno.test("shellWord() is one word to a shell", async () => {
  const words = [`it's`, 'say "x"', "$HOME", "a\\b", "new\nline", "-n", ""];
  const script = `for word in ${words.map(shellWord).join(" ")}; do printf '%s\\0' "$word"; done`;
  const { stdout } = await new Deno.Command("sh", { args: ["-c", script] }).output();
  assertEquals(new TextDecoder().decode(stdout).split("\0").slice(0, -1), words);
});
