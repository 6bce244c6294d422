/** `bin/tandem.js` of the npm package, which starts Deno under Node. */
import { assertEquals, assertStringIncludes } from "../../deps.ts";
import { hasProgram } from "../../has_program.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";

const here = Deno.build.os === "linux" && await hasProgram("node", "--version");

/** Runs it in a package in `node_modules`, with a program in the place of Deno. */
async function runLauncher(folder: string, deno: string | undefined, ...args: string[]) {
  const home = `${folder}/node_modules/@tandem/tandem`;
  await Deno.mkdir(`${home}/bin`, { recursive: true });
  await Deno.copyFile(
    new URL("../../../release/npm/tandem.js", import.meta.url),
    `${home}/bin/tandem.js`,
  );
  await Deno.writeTextFile(`${home}/package.json`, '{ "type": "module" }');
  if (deno !== undefined) {
    const arch = Deno.build.arch === "aarch64" ? "arm64" : "x64";
    for (const name of ["deno", `@deno/linux-${arch}-glibc`]) {
      await Deno.mkdir(`${folder}/node_modules/${name}`, { recursive: true });
      await Deno.writeTextFile(`${folder}/node_modules/${name}/package.json`, "{}");
    }
    const program = `${folder}/node_modules/@deno/linux-${arch}-glibc/deno`;
    await Deno.writeTextFile(program, `#!/bin/sh\n${deno}\n`);
    await Deno.chmod(program, 0o755);
  }
  const { code, stdout, stderr } = await new Deno.Command("node", {
    args: [`${home}/bin/tandem.js`, ...args],
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr), home };
}

Deno.test({
  name: here
    ? "tandem.js runs the command line under npm's Deno, with its words and its exit code"
    : "tandem.js starts Deno (Linux and Node are wanted)",
  ignore: !here,
  fn: () =>
    inFolder(async (folder) => {
      const deno = 'printf "%s\\n" "$@" "$DENO_NO_UPDATE_CHECK"; exit 3';
      const { code, stdout, home } = await runLauncher(folder, deno, "train", "--out", "a b");
      assertEquals(stdout.trim().split("\n"), [
        ...["run", "-A", "--node-modules-dir=manual", `${home}/cli/main.js`],
        ...["train", "--out", "a b", "1"],
      ]);
      assertEquals(code, 3);
      const killed = await runLauncher(folder, "kill -TERM $$");
      assertEquals(killed.code, 143);
    }),
});

Deno.test({
  name: here
    ? "tandem.js says so where npm has left Deno out"
    : "tandem.js without Deno (Linux and Node are wanted)",
  ignore: !here,
  fn: () =>
    inFolder(async (folder) => {
      const { code, stderr } = await runLauncher(folder, undefined, "--help");
      assertEquals(code, 1);
      assertStringIncludes(stderr, "--omit=optional");
    }),
});
