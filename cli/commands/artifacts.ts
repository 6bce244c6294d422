import { Command } from "../deps/commander.ts";
import { EXIT, ExitError } from "../exit_code.ts";

/** `tandem artifacts`. */
export function artifactsCommand() {
  return new Command("artifacts")
    .description("Corrupt volumes with MR artifacts (not available in this version).")
    .allowUnknownOption()
    .allowExcessArguments()
    .action(() => {
      console.error("error: artifacts are not available in this version");
      throw new ExitError(EXIT.failure);
    });
}
