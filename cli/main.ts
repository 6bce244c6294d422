/**
 * The command line. The definitions of the commands are light; each imports the library when its
 * action runs, so that `--help` and mistakes are answered at once.
 */
import project from "../deno.json" with { type: "json" };
import { artifactsCommand } from "./commands/artifacts.ts";
import { cacheCommand } from "./commands/cache.ts";
import { cardCommand } from "./commands/card.ts";
import { challengeCommand } from "./commands/challenge.ts";
import { compareCommand } from "./commands/compare.ts";
import { completionsCommand } from "./commands/completions.ts";
import { convertCommand } from "./commands/convert.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { evaluateCommand } from "./commands/evaluate.ts";
import { exportCommand } from "./commands/export.ts";
import { importCommand } from "./commands/import.ts";
import { initCommand } from "./commands/init.ts";
import { inspectCommand } from "./commands/inspect.ts";
import { phantomCommand } from "./commands/phantom.ts";
import { postprocessCommand } from "./commands/postprocess.ts";
import { predictCommand } from "./commands/predict.ts";
import { reportCommand } from "./commands/report.ts";
import { siteCommand } from "./commands/site.ts";
import { settingsCommand } from "./commands/settings.ts";
import { studyCommand } from "./commands/study.ts";
import { trainCommand } from "./commands/train.ts";
import { viewCommand } from "./commands/view.ts";
import { Command, CommanderError, type CommandUnknownOpts } from "./deps/commander.ts";
import { describeError, EXIT, exitCodeOf, ExitError } from "./exit_code.ts";
import { failAtFileLimit, fileLimitTaken } from "./file_limit.ts";
import { helpItem } from "./help_item.ts";
import { withHomePaths } from "./home_paths.ts";
import { permissionText } from "./permissions.ts";
import { guardStreams, lostOutput, OutputError } from "./standard_streams.ts";

/** Runs the command line with these arguments and gives the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const program = new Command("tandem")
    .description("Trains medical image segmentation that stays robust outside its own domain.")
    .version(
      `tandem ${project.version}, Deno ${Deno.version.deno}`,
      "--version",
      "tell the version",
    )
    .option("--debug", "show the whole trace of an error")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => console.log(text.replace(/\n$/, "")),
      writeErr: (text) => console.error(text.replace(/\n$/, "")),
    })
    .configureHelp({ showGlobalOptions: true, formatItem: helpItem });
  const commands = [
    trainCommand(),
    evaluateCommand(),
    postprocessCommand(),
    predictCommand(),
    viewCommand(),
    siteCommand(),
    exportCommand(),
    importCommand(),
    cardCommand(),
    studyCommand(),
    challengeCommand(),
    compareCommand(),
    reportCommand(),
    settingsCommand(),
    inspectCommand(),
    initCommand(),
    convertCommand(),
    phantomCommand(),
    artifactsCommand(),
    cacheCommand(),
    doctorCommand(),
    completionsCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  inherit(program);
  tellPermissions(program);
  try {
    await program.parseAsync(withHomePaths(args), { from: "user" });
    return lostOutput()?.exitCode ?? EXIT.done;
  } catch (caught) {
    const error = lostOutput() ?? caught;
    if (error instanceof OutputError && error.closed) return error.exitCode;
    // Commander has printed its own text by then, and calls help and version errors too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (error instanceof ExitError) return error.exitCode;
    const told = describeError(error, program.opts().debug === true);
    console.error(told);
    await fileLimitTaken(told);
    return exitCodeOf(error);
  }
}

/** Has all commands below one end and print as it does. */
function inherit(parent: CommandUnknownOpts): void {
  for (const command of parent.commands) inherit(command.copyInheritedSettings(parent));
}

/** Has the help of each command end with the permissions that it needs. */
function tellPermissions(parent: CommandUnknownOpts, above: readonly string[] = []): void {
  for (const command of parent.commands) {
    const words = [...above, command.name()];
    const text = permissionText(words.join(" "));
    if (text !== undefined) command.addHelpText("after", `\n${text}`);
    tellPermissions(command, words);
  }
}

if (import.meta.main) {
  guardStreams();
  failAtFileLimit();
  Deno.exit(await main(Deno.args));
}
