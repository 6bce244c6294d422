import { assertEquals } from "../../deps.ts";
import { removeLeft } from "../../../lib/formats/files/remove_left.ts";

async function inFolder(run: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await run(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

const names = (dir: string) => [...Deno.readDirSync(dir)].map(({ name }) => name).sort();

/** The number of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = new Deno.Command("true").spawn();
  await child.status;
  return child.pid;
}

Deno.test("removeLeft() removes what dead processes left, and nothing that is being written", () =>
  inFolder(async (dir) => {
    const dead = await deadPid();
    const mine = `.a.txt.${Deno.pid}-01234567.tmp`, theirs = `.a.txt.${Deno.ppid}-01234567.tmp`;
    const locked = `.b.txt.${dead}-01234567.tmp`;
    const kept = [mine, theirs, locked, "a.txt", `.a.txt.${dead}.tmp`, `a.${dead}-01234567.tmp`];
    const left = [`.a.txt.${dead}-01234567.tmp`, `.${dead}-89abcdef.tmp`];
    for (const name of [...kept, ...left]) await Deno.writeTextFile(`${dir}/${name}`, "half");
    await removeLeft(dir, { shared: true });
    assertEquals(names(dir).length, kept.length + left.length, "another machine may write them");
    using file = await Deno.open(`${dir}/${locked}`, { write: true });
    file.tryLockSync(true);
    await removeLeft(dir);
    assertEquals(names(dir), kept.sort());
  }));

Deno.test("removeLeft() removes what nobody has touched for long, and needs no lock for it", () =>
  inFolder(async (dir) => {
    const { tryLockSync } = Deno.FsFile.prototype;
    Deno.FsFile.prototype.tryLockSync = () => {
      throw new Deno.errors.NotSupported("no locks here");
    };
    try {
      const path = `${dir}/.a.txt.${await deadPid()}-01234567.tmp`;
      await Deno.writeTextFile(path, "half");
      await removeLeft(dir);
      assertEquals(names(dir).length, 1);
      const then = new Date(Date.now() - 3_600_000);
      await Deno.utime(path, then, then);
      await removeLeft(dir);
      assertEquals(names(dir), []);
    } finally {
      Deno.FsFile.prototype.tryLockSync = tryLockSync;
    }
    await removeLeft(`${dir}/nowhere`);
  }));
