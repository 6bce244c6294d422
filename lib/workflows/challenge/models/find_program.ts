import { join } from "../../../base/deps/std.ts";
import { exists } from "../../../formats/files/exists.ts";

/**
 * Whether there is a program: a path, or a name in one of the folders of PATH. True where it is not known,
 * as without permission to look.
 */
export async function findProgram(program: string): Promise<boolean> {
  try {
    if (/[\\/]/.test(program)) return await exists(program);
    const onWindows = Deno.build.os === "windows";
    const folders = (Deno.env.get("PATH") ?? "").split(onWindows ? ";" : ":");
    const endings = onWindows ? ["", ".exe", ".cmd", ".bat"] : [""];
    for (const folder of folders) {
      for (const ending of endings) {
        if (folder !== "" && await exists(join(folder, program + ending))) return true;
      }
    }
    return false;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return true;
    throw error;
  }
}
