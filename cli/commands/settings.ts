import { PRESET_NAMES } from "../../lib/names.ts";
import { Command, Option } from "../deps/commander.ts";
import { settingInFull, settingsList } from "../settings_list.ts";
import { terminalWidth } from "../terminal_width.ts";
import { settingsPage } from "../settings_page.ts";

/** `tandem settings`. */
export function settingsCommand() {
  return new Command("settings")
    .description("List every setting of a run, with its type, range, default and meaning.")
    .argument("[key]", "one setting, as data.size, or one section, as data")
    .addOption(new Option("--preset <name>", "show this preset's values").choices(PRESET_NAMES))
    .option("--markdown", "print all as a page of Markdown")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nWithout --preset, the values are the schema's defaults, with those of presets behind them." +
        "\n`tandem train` begins with the preset quick, or with auto where --data is given.",
    )
    .action(async (key, { preset, markdown = false, json = false }) => {
      const tandem = await import("../../mod.ts");
      const settings = tandem.findSettings(key);
      const sections = tandem.describeSections()
        .filter(({ key }) => settings.some(({ section }) => section === key));
      if (json) return console.log(JSON.stringify({ sections, settings }));
      if (markdown) return console.log(settingsPage(sections, settings).trimEnd());
      const width = terminalWidth() ?? 80;
      const view = { width, ...(preset === undefined ? {} : { preset }) };
      const [only, ...others] = settings;
      console.log(
        others.length === 0 && only?.key === key
          ? settingInFull(only!, view)
          : settingsList(sections, settings, view),
      );
    });
}
