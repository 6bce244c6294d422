import { dirname, fromFileUrl, join, relative } from "../../../base/deps/std.ts";
import { z } from "../../../base/deps/zod.ts";
import { parseJson } from "../../../base/text/parse_json.ts";
import { exists } from "../../../formats/files/exists.ts";
import { makeFolder } from "../../../formats/files/make_folder.ts";
import { uniqueMark, WriteError } from "../../../formats/files/write_atomically.ts";
import { MAIN, mainModule } from "../jobs/job_commands.ts";
import { localPlaces } from "./shared_places.ts";
import { SlurmError } from "./slurm_program.ts";
import { clusterFolder } from "./submission.ts";

const placesSchema = z.object({ npmCache: z.string(), modulesCache: z.string() });

const graphSchema = z.object({
  modules: z.array(z.object({ npmPackage: z.string().optional() })),
  npmPackages: z.record(
    z.string(),
    z.object({ localPath: z.string(), dependencies: z.array(z.string()) }),
  ),
});

/** Packages of the command line that no study loads, and that are large: ONNX models are run by it. */
const UNUSED = /^onnxruntime-web@/;

/** Where a job finds what Deno has fetched. */
export interface JobPackages {
  /** The folder of npm packages, as in Deno's cache. */
  readonly npm: string;
  /** Modules that were imported by URL; absent where the code lies in a folder. */
  readonly remote?: string;
}

/**
 * Packages where every node sees them: this process's own where they are on a shared file system, else
 * copies of those that a run needs, in the study's folder. Nothing is fetched.
 *
 * @throws {SlurmError} If Deno does not say where they are, or one is missing.
 * @throws {WriteError} If the disk refuses.
 */
export async function jobPackages(study: string): Promise<JobPackages> {
  const places = await denoInfo([], placesSchema);
  const remote = MAIN.protocol === "file:" ? {} : { remote: places.modulesCache };
  if ((await localPlaces({ npm: places.npmCache })).length === 0) {
    return { npm: places.npmCache, ...remote };
  }
  const target = join(clusterFolder(study), "deno", "npm"), needed = new Set<string>();
  const { modules, npmPackages } = await denoInfo([mainModule()], graphSchema);
  const open = modules.flatMap(({ npmPackage }) => npmPackage ?? []);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const found = npmPackages[name];
    if (found === undefined || needed.has(found.localPath) || UNUSED.test(name)) continue;
    needed.add(found.localPath);
    open.push(...found.dependencies);
  }
  for (const from of needed) await copyPackage(from, join(target, relative(places.npmCache, from)));
  return { npm: target, ...remote };
}

async function denoInfo<T>(args: readonly string[], schema: z.ZodType<T>): Promise<T> {
  const told = `deno info ${args.join(" ")}`.trim();
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", ...args],
    cwd: MAIN.protocol === "file:" ? dirname(fromFileUrl(MAIN)) : ".",
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  if (!success) {
    throw new SlurmError(`Cannot find Deno's packages: ${told}: ${decoder.decode(stderr).trim()}`);
  }
  return parseJson(decoder.decode(stdout), schema, `what ${told} says`, SlurmError);
}

/** Copies a package and what is known of its versions; one that is there is whole. */
async function copyPackage(from: string, to: string): Promise<void> {
  if (!await exists(to)) {
    await makeFolder(dirname(to));
    const passing = join(dirname(to), `.${uniqueMark()}.part`);
    try {
      await copyFolder(from, passing);
      await Deno.rename(passing, to);
    } catch (cause) {
      await Deno.remove(passing, { recursive: true }).catch(() => {});
      // another study's command may have been first
      if (!await exists(to)) throw new WriteError(to, { cause });
    }
  }
  const about = join(dirname(to), "registry.json");
  if (await exists(about)) return;
  await Deno.copyFile(join(dirname(from), "registry.json"), about).catch((cause) => {
    if (!(cause instanceof Deno.errors.NotFound)) throw new WriteError(about, { cause });
  });
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copyFolder(join(from, name), join(to, name));
    else await Deno.copyFile(join(from, name), join(to, name));
  }
}
