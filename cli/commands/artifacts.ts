import { Command } from "../deps/commander.ts";
import { applyCommand } from "./artifacts/apply.ts";
import { listCommand } from "./artifacts/list.ts";
import { replayCommand } from "./artifacts/replay.ts";
import { showCommand } from "./artifacts/show.ts";
import { suiteCommand } from "./artifacts/suite.ts";

/** `tandem artifacts`; without a subcommand it is `tandem artifacts suite`. */
export function artifactsCommand() {
  const command = new Command("artifacts")
    .description("Make MR artifacts: seeded, graded, and to be made again from their record.");
  command.addCommand(suiteCommand().exitOverride(), { isDefault: true });
  for (const part of [applyCommand(), listCommand(), showCommand(), replayCommand()]) {
    command.addCommand(part.exitOverride());
  }
  return command;
}
