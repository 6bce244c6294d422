/**
 * Kills commands at seeded moments and goes on with them: in the end all is as if nobody had.
 *
 * `deno task fuzz:kills --kills 200 --seed 0 --only train` prints a table; exit code 1 where anything
 * was lost, half-written or left behind.
 */
import { parseArgs } from "node:util";
import { RandomStream } from "../../lib/base/random/random_stream.ts";
import { contentOf, filesIn, halfWritten, passingNames } from "./folder_content.ts";
import {
  type KilledCommand,
  killedCommands,
  makeInputs,
  trainForPredict,
} from "./killed_commands.ts";

const MAIN = new URL("../../cli/main.ts", import.meta.url).pathname;
const PRELOAD = new URL("./kill_preload.ts", import.meta.url).pathname;

/** Kills of one folder, before it is gone on with to the end. */
const KILLS_A_HISTORY = 5;

/** What came of killing a command. */
export interface KillReport {
  readonly name: string;
  /** Kills in the midst of acts on the disk, and at times. */
  readonly atActs: number;
  readonly atTimes: number;
  /** Folders that were gone on with to the end. */
  readonly histories: number;
  /** What was not as it should be, a line each. */
  readonly problems: readonly string[];
}

interface Ended {
  readonly code: number;
  readonly killed: boolean;
  readonly said: string;
}

async function run(
  cwd: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
  milliseconds?: number,
): Promise<Ended> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--preload", PRELOAD, MAIN, ...words],
    cwd,
    env: { NO_COLOR: "1", ...env },
    ...{ stdin: "null", stdout: "null", stderr: "piped" },
  }).spawn();
  const timer = milliseconds === undefined
    ? undefined
    : setTimeout(() => child.kill("SIGKILL"), milliseconds);
  const said = await new Response(child.stderr).text();
  const { code, signal } = await child.status;
  clearTimeout(timer);
  return { code, killed: signal === "SIGKILL", said: said.trim() };
}

/** A command that nobody kills: what it writes, in how many acts and how long. */
async function undisturbed(command: KilledCommand, cwd: string) {
  await Deno.mkdir(cwd);
  const count = `${cwd}/.acts`;
  const start = performance.now();
  const { code, said } = await run(cwd, await command.words(cwd), { KILL_COUNT: count });
  const milliseconds = performance.now() - start;
  if (code !== 0) throw new Error(`${command.name} ends with ${code}: ${said}`);
  const acts = Number(await Deno.readTextFile(count));
  await Deno.remove(count);
  return { acts, milliseconds, content: await contentOf(`${cwd}/${command.output}`, cwd) };
}

/**
 * Kills a command so many times, by turns at an act on the disk and at a time, and goes on each time.
 *
 * @param dir A folder for all of it.
 */
export async function killCommand(
  command: KilledCommand,
  { dir, kills, rng }: { dir: string; kills: number; rng: RandomStream },
): Promise<KillReport> {
  const whole = await undisturbed(command, `${dir}/undisturbed`);
  const problems: string[] = [], done = { acts: 0, times: 0 };
  let histories = 0;
  while (done.acts + done.times < kills) {
    const cwd = `${dir}/${histories++}`;
    await Deno.mkdir(cwd);
    if (command.before !== undefined) await run(cwd, command.before);
    const wanted = Math.min(KILLS_A_HISTORY, kills - done.acts - done.times);
    const moments: string[] = [];
    for (let own = 0, tries = 0; own < wanted && tries < 3 * wanted; tries++) {
      // what is gone on with is sooner at its end
      const share = rng.uniform() / (1 + tries - own);
      const isAct = rng.chance(0.6);
      const act = 1 + Math.floor(share * whole.acts);
      const after = Math.round((0.2 + 0.8 * share) * whole.milliseconds);
      const words = await command.words(cwd);
      const ended = isAct
        ? await run(cwd, words, { KILL_AT: `${act}` })
        : await run(cwd, words, {}, after);
      if (!ended.killed) {
        if (ended.code !== 0) {
          problems.push(`${moments.join(", ")}: going on ends with ${ended.code}: ${ended.said}`);
        }
        continue;
      }
      own++;
      done[isAct ? "acts" : "times"]++;
      moments.push(isAct ? `act ${act}` : `${after} ms`);
      for (const half of await halfWritten(cwd)) problems.push(`${moments.join(", ")}: ${half}`);
    }
    const { code, said } = await run(cwd, await command.words(cwd));
    const history = `history ${histories - 1} (${moments.join(", ")})`;
    if (code !== 0) problems.push(`${history}: going on ends with ${code}: ${said}`);
    else {problems.push(...(await differences(command, cwd, whole.content)).map((d) =>
        `${history}: ${d}`
      ));}
    if (problems.length === 0) await Deno.remove(cwd, { recursive: true });
  }
  const { acts: atActs, times: atTimes } = done;
  return { name: command.name, atActs, atTimes, histories, problems };
}

/** How a folder differs from that of the command that nobody killed, and what was left in it. */
async function differences(
  { output }: KilledCommand,
  cwd: string,
  wanted: ReadonlyMap<string, string>,
): Promise<string[]> {
  const found = await contentOf(`${cwd}/${output}`, cwd);
  const names = new Set([...wanted.keys(), ...found.keys()]);
  const left = passingNames(cwd);
  return [
    ...[...names].filter((name) => wanted.get(name) !== found.get(name)).map((name) =>
      !found.has(name)
        ? `${name} is lost`
        : wanted.has(name)
        ? `${name} differs`
        : `${name} is too much`
    ),
    ...left.map((name) => `${name} was left behind`),
    ...(await halfWritten(cwd)),
  ];
}

/** Kills all commands, or those of some names. */
export async function killAll(
  { dir, kills, seed, only = [] }: {
    dir: string;
    kills: number;
    seed: number;
    only?: readonly string[];
  },
  onReport: (report: KillReport) => void = () => {},
): Promise<KillReport[]> {
  const inputs = `${dir}/inputs`;
  await makeInputs(inputs);
  const commands = killedCommands(inputs)
    .filter(({ name }) => only.length === 0 || only.includes(name));
  if (commands.some(({ name }) => ["predict", "challenge"].includes(name))) {
    const { code, said } = await run(dir, trainForPredict(inputs));
    if (code !== 0) throw new Error(`train for predict ends with ${code}: ${said}`);
  }
  const before = filesIn(inputs).length;
  const reports: KillReport[] = [];
  for (const [n, command] of commands.entries()) {
    const own = `${dir}/${n}`;
    await Deno.mkdir(own);
    const share = Math.floor((n + 1) * kills / commands.length) -
      Math.floor(n * kills / commands.length);
    const rng = RandomStream.fromSeed(seed).stream("kills", command.name);
    const report = await killCommand(command, { dir: own, kills: share, rng });
    const changed = filesIn(inputs).length === before ? [] : ["the input's files have changed"];
    const whole = { ...report, problems: [...report.problems, ...changed] };
    reports.push(whole);
    onReport(whole);
  }
  return reports;
}

if (import.meta.main) {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      kills: { type: "string", default: "200" },
      seed: { type: "string", default: "0" },
      only: { type: "string", multiple: true, default: [] },
    },
  });
  const dir = await Deno.makeTempDir({ prefix: "kills-" });
  console.log("| command | kills | at acts | at times | histories | problems |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  const how = { dir, kills: Number(values.kills), seed: Number(values.seed), only: values.only };
  const reports = await killAll(how, ({ name, atActs, atTimes, histories, problems }) => {
    const counts = [atActs + atTimes, atActs, atTimes, histories, problems.length];
    console.log(`| ${name} | ${counts.join(" | ")} |`);
    for (const problem of problems) console.error(problem);
  });
  const failed = reports.some(({ problems }) => problems.length > 0);
  if (!failed) await Deno.remove(dir, { recursive: true });
  else console.error(`folders are kept in ${dir}`);
  Deno.exit(failed ? 1 : 0);
}
