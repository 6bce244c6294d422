import { assert, assertEquals } from "../deps.ts";
import { settingsPage } from "../../cli/settings_page.ts";
import { describeSections, describeSettings } from "../../lib/base/config/describe_settings.ts";

Deno.test("docs/settings.md is what the schema says", async () => {
  const page = await Deno.readTextFile(new URL("../../docs/settings.md", import.meta.url));
  const wanted = settingsPage(describeSections(), describeSettings());
  assert(page === wanted, "docs/settings.md is out of date: deno task docs:settings makes it");
});

Deno.test("settingsPage() has a row of four cells for each setting", () => {
  const settings = describeSettings();
  const rows = settingsPage(describeSections(), settings).split("\n")
    .filter((line) => line.startsWith("| `"));
  assertEquals(rows.length, settings.length);
  for (const row of rows) assertEquals(row.split(/(?<!\\)\|/).length, 6, row);
});
