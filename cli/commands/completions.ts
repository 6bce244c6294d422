import { bashCompletions } from "../completions/bash_completions.ts";
import { commandWords } from "../completions/command_words.ts";
import { fishCompletions } from "../completions/fish_completions.ts";
import { zshCompletions } from "../completions/zsh_completions.ts";
import { Argument, Command, type CommandUnknownOpts } from "../deps/commander.ts";

const SHELLS = {
  bash: bashCompletions,
  zsh: zshCompletions,
  fish: fishCompletions,
} as const;

/** `tandem completions`. */
export function completionsCommand() {
  return new Command("completions")
    .description("Print a script by which a shell completes commands, options and their choices.")
    .addArgument(
      new Argument("<shell>", "the shell").choices(["bash", "zsh", "fish"] as const),
    )
    .addHelpText(
      "after",
      `
For this shell alone, where tandem is an alias or a program of that name:
  bash: source <(tandem completions bash)
  zsh:  setopt complete_aliases; source <(tandem completions zsh)
  fish: tandem completions fish | source
The first line of each script says how to keep it.`,
    )
    .action((shell, _options, command) => {
      console.log(SHELLS[shell](commandWords(command.parent as unknown as CommandUnknownOpts)));
    });
}
