import { assert, assertEquals, assertStringIncludes } from "../deps.ts";
import { kindText, settingInFull, settingsList } from "../../cli/settings_list.ts";
import { describeSections, describeSettings } from "../../lib/base/config/describe_settings.ts";

const SECTIONS = describeSections(), SETTINGS = describeSettings();
const named = (key: string) => SETTINGS.find((setting) => setting.key === key)!;

Deno.test("settingsList() lists every setting within the terminal's width", () => {
  for (const width of [60, 80, 200]) {
    const text = settingsList(SECTIONS, SETTINGS, { width });
    for (const { key } of SETTINGS) assertStringIncludes(text, `\n  ${key} = `);
    const longest = Math.max(...text.split("\n").map((line) => line.length));
    assert(longest <= width, `${longest} columns of ${width}`);
  }
});

Deno.test("settingsList() shows only sections of which there are settings", () => {
  const some = SETTINGS.filter(({ key }) => key === "model.baseWidth");
  assertEquals(
    settingsList(SECTIONS, some, { width: 100 }),
    "model: The size of the networks.\n\n" +
      "  model.baseWidth = 16 (quick: 8)\n" +
      "    whole number, 1 to 256\n" +
      "    Channels at full resolution; deeper levels have 2, 4 and 8 times as many.",
  );
});

Deno.test("settingsList() shows a preset's values with the defaults that they replace", () => {
  const text = settingsList(SECTIONS, SETTINGS, { width: 100, preset: "quick" });
  assertStringIncludes(text, "\n  data.size = 96x96 (default: 192x192)\n");
  assertStringIncludes(text, "\n  training.patience = null\n");
});

Deno.test("settingInFull() tells one setting wholly", () => {
  const size = settingInFull(named("data.size"), { width: 80, preset: "auto" });
  for (
    const line of [
      "  range    multiples of 16 from 16 to 4096",
      "  default  192x192",
      "  presets  quick: 96x96, auto: auto",
      "  value    auto (preset auto)",
    ]
  ) assertStringIncludes(size + "\n", `\n${line}\n`);
  const labels = settingInFull(named("data.labels"), { width: 80 });
  assertStringIncludes(
    labels,
    "\n    codes: list of whole numbers\n      The values that files use",
  );
});

Deno.test("kindText() says type, choices and range", () => {
  assertEquals(kindText({ type: "number", range: "above 0" }), "number, above 0");
  const scope = { type: "list of choices", choices: ["a", "b"], range: "at least 1 entry" };
  assertEquals(kindText(scope), "list of choices: a, b; at least 1 entry");
});
