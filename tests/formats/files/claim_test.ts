import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { claim, ClaimError } from "../../../lib/formats/files/claim.ts";
import { claimFolder } from "../../../lib/formats/files/claim_folder.ts";

const MODULE = new URL("../../../lib/formats/files/claim.ts", import.meta.url).href;

async function inFolder(run: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await run(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** Processes that claim a path at once, then say so and keep it until their input ends. */
function claimants(path: string, count: number): Deno.ChildProcess[] {
  const code = `
    import { claim } from ${JSON.stringify(MODULE)};
    while (Date.now() < ${
    Date.now() + 1500
  }) await new Promise((resolve) => setTimeout(resolve, 1));
    try {
      const held = await claim(${JSON.stringify(path)}, { task: "go on" });
      console.log("won");
      await new Response(Deno.stdin.readable).text();
      held[Symbol.dispose]();
    } catch (error) {
      console.log(error.name);
    }`;
  return Array.from({ length: count }, () =>
    new Deno.Command(Deno.execPath(), {
      args: ["eval", "--no-check", code],
      ...{ stdin: "piped", stdout: "piped", stderr: "inherit" },
    }).spawn());
}

/** The first word that a process says. */
async function firstWord(child: Deno.ChildProcess): Promise<string> {
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value).trim();
}

/** A claim that a process of this number left behind, or still holds. */
function written(path: string, more: object = {}): Promise<void> {
  const owner = {
    pid: Deno.pid,
    host: Deno.hostname(),
    started: "then",
    token: "t",
    locked: false,
  };
  return Deno.writeTextFile(path, JSON.stringify({ ...owner, ...more }));
}

/** The number of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = new Deno.Command("true").spawn();
  await child.status;
  return child.pid;
}

Deno.test("claim() gives a name to one at a time, tells who holds it, and leaves nothing behind", () =>
  inFolder(async (dir) => {
    const path = `${dir}/.claim`;
    {
      using _held = await claim(path, { task: "resume a" });
      const refused = await assertRejects(() => claim(path, { task: "resume a" }), ClaimError);
      assert(
        refused.message.startsWith("Cannot resume a: another process is running it (process "),
      );
      assert(refused.message.includes(`${Deno.pid} on ${Deno.hostname()}, since 2`));
    }
    assertEquals([...Deno.readDirSync(dir)], []);
    (await claim(path, { task: "resume a" }))[Symbol.dispose]();
  }));

Deno.test("claim() lets one of several processes win that start together", () =>
  inFolder(async (dir) => {
    const children = claimants(`${dir}/.claim`, 4);
    const words = await Promise.all(children.map(firstWord));
    assertEquals(words.sort(), ["ClaimError", "ClaimError", "ClaimError", "won"]);
    for (const child of children) await child.stdin.close();
    for (const child of children) await child.status;
    assertEquals([...Deno.readDirSync(dir)], []);
  }));

Deno.test("claim() takes over from a killed process at once, says so, and one of several does", () =>
  inFolder(async (dir) => {
    const path = `${dir}/.claim`;
    const [child] = claimants(path, 1);
    assertEquals(await firstWord(child!), "won");
    await assertRejects(() => claim(path, { task: "go on" }), ClaimError, `process ${child!.pid}`);
    child!.kill("SIGKILL");
    await child!.stdin.abort().catch(() => {});
    await child!.status;
    const told: string[] = [];
    const onNotice = (line: string) => void told.push(line);
    const tries = await Promise.allSettled(
      Array.from({ length: 4 }, () => claim(path, { task: "go on", onNotice })),
    );
    assertEquals(tries.filter(({ status }) => status === "fulfilled").length, 1);
    assertEquals(told.length, 1);
    assert(told[0]!.includes(`left behind by a process that is gone (process ${child!.pid}`));
    for (const each of tries) if (each.status === "fulfilled") each.value[Symbol.dispose]();
    assertEquals([...Deno.readDirSync(dir)], []);
  }));

Deno.test("claim() needs no lock of the file system", () =>
  inFolder(async (dir) => {
    const path = `${dir}/.claim`;
    const { tryLockSync } = Deno.FsFile.prototype;
    Deno.FsFile.prototype.tryLockSync = () => {
      throw new Deno.errors.NotSupported("no locks here");
    };
    try {
      {
        using _held = await claim(path, { task: "go on" });
        assertEquals(JSON.parse(await Deno.readTextFile(path)).locked, false);
        await assertRejects(() => claim(path, { task: "go on" }), ClaimError);
      }
      await written(path, { pid: await deadPid() });
      (await claim(path, { task: "go on" }))[Symbol.dispose]();
      await written(path, { pid: Deno.ppid });
      await assertRejects(() => claim(path, { task: "go on" }), ClaimError, `${Deno.ppid} on`);
    } finally {
      Deno.FsFile.prototype.tryLockSync = tryLockSync;
    }
  }));

Deno.test("claim() leaves a claim of another host alone until it shows no sign of life", () =>
  inFolder(async (dir) => {
    const path = `${dir}/.claim`;
    await written(path, { pid: await deadPid(), host: "elsewhere" });
    await assertRejects(
      () => claim(path, { task: "go on" }),
      ClaimError,
      "on elsewhere, since then",
    );
    const hourAgo = new Date(Date.now() - 3_600_000);
    await Deno.utime(path, hourAgo, hourAgo);
    (await claim(path, { task: "go on" }))[Symbol.dispose]();
    assertEquals([...Deno.readDirSync(dir)], []);
  }));

Deno.test("claim() takes nothing from a process of this host that computes for long", () =>
  inFolder(async (dir) => {
    const path = `${dir}/.claim`;
    using _held = await claim(path, { task: "go on" });
    const hourAgo = new Date(Date.now() - 3_600_000);
    await Deno.utime(path, hourAgo, hourAgo);
    await assertRejects(() => claim(path, { task: "go on" }), ClaimError);
  }));

Deno.test("claim() does not remove, when it ends, what another has made in its place", () =>
  inFolder(async (dir) => {
    const path = `${dir}/.claim`;
    const held = await claim(path, { task: "go on" });
    await written(path);
    held[Symbol.dispose]();
    assertEquals(JSON.parse(await Deno.readTextFile(path)).token, "t");
  }));

Deno.test("claim() tells a process that gave no sign of life for too long, and refreshes no other's", () =>
  inFolder(async (dir) => {
    const path = `${dir}/.claim`;
    let lost = false;
    using _held = await claim(path, { task: "go on", onLost: () => lost = true, beat: 20 });
    const before = new Date(Date.now() - 3_600_000);
    await Deno.utime(path, before, before);
    while ((await Deno.stat(path)).mtime!.getTime() === before.getTime()) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await written(path);
    await Deno.utime(path, before, before);
    while (!lost) await new Promise((resolve) => setTimeout(resolve, 5));
    assertEquals((await Deno.stat(path)).mtime!.getTime(), before.getTime());
  }));

Deno.test("a claim tells that it was lost, whether another has it or has let go of it again", () =>
  inFolder(async (dir) => {
    const path = `${dir}/.claim`;
    const held = await claim(path, { task: "go on" });
    await held.assertHeld();
    await written(path);
    const refused = () => assertRejects(() => held.assertHeld(), ClaimError, "taken it over");
    await refused();
    await Deno.remove(path);
    await refused();
    held[Symbol.dispose]();
    await refused();
  }));

Deno.test("claim() goes by the clock of the files, not by that of this machine", () =>
  inFolder(async (dir) => {
    const path = `${dir}/.claim`, { now } = Date;
    await written(path, { host: "elsewhere", pid: await deadPid() });
    Date.now = () => now() + 3_600_000;
    try {
      await assertRejects(() => claim(path, { task: "go on" }), ClaimError, "on elsewhere");
    } finally {
      Date.now = now;
    }
    assertEquals([...Deno.readDirSync(dir)].map(({ name }) => name), [".claim"]);
  }));

Deno.test("claim() holds what it has made although the file server says that it was there", () =>
  inFolder(async (dir) => {
    const { link } = Deno;
    Deno.link = async (from, to) => {
      await link(from, to);
      throw new Deno.errors.AlreadyExists("asked twice");
    };
    try {
      using _held = await claim(`${dir}/.claim`, { task: "go on" });
    } finally {
      Deno.link = link;
    }
    assertEquals([...Deno.readDirSync(dir)], []);
  }));

Deno.test("claimFolder() removes half-written files once nobody else can be writing", () =>
  inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/.last.safetensors.12-0123abcd.tmp`, "half");
    await Deno.writeTextFile(`${dir}/mine.txt`, "whole");
    using _held = await claimFolder(dir, { task: "go on" });
    const names = [...Deno.readDirSync(dir)].map(({ name }) => name).sort();
    assertEquals(names, [".claim", "mine.txt"]);
  }));

Deno.test("claim() needs no second names of files, and leaves none behind", () =>
  inFolder(async (dir) => {
    const path = `${dir}/.claim`, { link } = Deno;
    Deno.link = () => Promise.reject(new Deno.errors.NotSupported("no second names here"));
    try {
      using _held = await claim(path, { task: "go on" });
      assertEquals([...Deno.readDirSync(dir)].map(({ name }) => name), [".claim"]);
      await assertRejects(() => claim(path, { task: "go on" }), ClaimError);
    } finally {
      Deno.link = link;
    }
  }));

Deno.test("claim() is at no moment a file that does not say whose it is", () =>
  inFolder(async (dir) => {
    const path = `${dir}/.claim`, { link } = Deno;
    let written = "";
    Deno.link = async (from, to) => {
      written = await Deno.readTextFile(from);
      await link(from, to);
    };
    try {
      using _held = await claim(path, { task: "go on" });
      assertEquals(JSON.parse(written).pid, Deno.pid);
    } finally {
      Deno.link = link;
    }
  }));

Deno.test("claim() removes the guard of a process that was killed while it took one over", () =>
  inFolder(async (dir) => {
    const path = `${dir}/.claim`, guard = `${path}.takeover`;
    await Deno.writeTextFile(guard, "");
    const hourAgo = new Date(Date.now() - 3_600_000);
    await Deno.utime(guard, hourAgo, hourAgo);
    (await claim(path, { task: "go on" }))[Symbol.dispose]();
    assertEquals([...Deno.readDirSync(dir)], []);
  }));

Deno.test("claimFolder() clears the folders below that it is told of, and no others", () =>
  inFolder(async (dir) => {
    for (const name of ["own", "other"]) {
      await Deno.mkdir(`${dir}/${name}`);
      await Deno.writeTextFile(`${dir}/${name}/.a.txt.12-0123abcd.tmp`, "half");
    }
    using _held = await claimFolder(dir, { task: "go on", below: ["own", "nowhere"] });
    const left = ["own", "other"].map((name) => [...Deno.readDirSync(`${dir}/${name}`)].length);
    assertEquals(left, [0, 1]);
  }));
