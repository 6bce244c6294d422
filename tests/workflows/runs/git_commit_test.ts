import { assertEquals } from "../../deps.ts";
import { gitCommit } from "../../../lib/workflows/runs/git_commit.ts";

const [A, B] = ["a".repeat(40), "b".repeat(40)];

Deno.test("gitCommit() finds the commit of a branch, loose or packed, of none, and of a further tree", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const write = async (path: string, text: string) => {
      await Deno.mkdir(`${dir}/${path.replace(/[^/]+$/, "")}`, { recursive: true });
      await Deno.writeTextFile(`${dir}/${path}`, text);
    };
    assertEquals(await gitCommit(`${dir}/one`), undefined);
    await write("one/.git/HEAD", "ref: refs/heads/main\n");
    await write("one/.git/packed-refs", `# pack-refs\n${A} refs/heads/main\n${B} refs/heads/b\n`);
    assertEquals(await gitCommit(`${dir}/one`), A);
    await write("one/.git/refs/heads/main", `${B}\n`);
    assertEquals(await gitCommit(`${dir}/one`), B);
    await write("one/.git/worktrees/two/HEAD", "ref: refs/heads/b\n");
    await write("one/.git/worktrees/two/commondir", "../..\n");
    await write("two/.git", `gitdir: ../one/.git/worktrees/two\n`);
    assertEquals(await gitCommit(`${dir}/two`), B);
    await write("one/.git/HEAD", `${A}\n`);
    assertEquals(await gitCommit(`${dir}/one`), A);
    await write("one/.git/HEAD", "something else\n");
    assertEquals(await gitCommit(`${dir}/one`), undefined);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
