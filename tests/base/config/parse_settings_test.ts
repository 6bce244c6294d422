import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { ConfigError } from "../../../lib/base/config/config_error.ts";
import { parseSettings } from "../../../lib/base/config/parse_settings.ts";

Deno.test("parseSettings() reads JSON and YAML with a byte order mark", async () => {
  assertEquals(await parseSettings('\ufeff{"a": 1}', "a.json"), { a: 1 });
  assertEquals(await parseSettings("\ufeffa: 1\n", "a.yaml"), { a: 1 });
});

Deno.test("parseSettings() names the file of YAML that its parser comes to no end of", async () => {
  for (
    const text of ["[".repeat(1e5), `${"a: {".repeat(1e5)}`, "a: !!binary [1]\n", "? [a]\n: - *b"]
  ) {
    const error = await assertRejects(
      () => parseSettings(text, "a.yaml"),
      ConfigError,
      "Cannot open configuration a.yaml: ",
    );
    assert(!/Cannot read prop|Maximum call stack/.test(error.message), error.message);
  }
});
