import { assert, assertEquals, assertStringIncludes } from "../deps.ts";

const MAIN = new URL("main.ts", import.meta.url).pathname;

async function fuzz(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--v8-flags=--expose-gc", MAIN, ...args],
    env: { NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

Deno.test("every reader gives a result or an error that names the file, of spoilt inputs", async () => {
  const { code, stdout, stderr } = await fuzz("--inputs", "4000", "--seed", "11", "--markdown");
  assertEquals(code, 0, stdout + stderr);
  const rows = stdout.split("\n").filter((line) =>
    /^\| [a-z]/.test(line) && !/^\| target/.test(line)
  );
  assert(rows.length > 40, stdout);
  for (const row of rows) {
    const [name, inputs, results] = row.split(" | ").map((cell) => cell.replace("| ", ""));
    assert(Number(inputs) > 0 && Number(results) > 0, `${name} reads nothing: ${row}`);
  }
});

Deno.test("fuzz --case shows one input with what comes of it, and writes it", async () => {
  const path = await Deno.makeTempFile();
  const only = ["--only", "checkpoint", "--seed", "7", "--case"];
  const { code, stdout } = await fuzz(...only, "0", "--write", path);
  assertEquals(code, 0);
  assertStringIncludes(stdout, 'kind: "result"');
  assertStringIncludes(new TextDecoder().decode(await Deno.readFile(path)), "encoder.weight");
  await Deno.remove(path);
});

Deno.test("fuzz refuses what it does not know with one line and exit code 2", async () => {
  for (
    const [args, text] of [
      [["--only", "fly"], 'no target is named "fly"'],
      [["--inputs", "0"], "Cannot use --inputs 0"],
      [["--case", "3"], "Cannot show --case 3"],
    ] as const
  ) {
    const { code, stderr } = await fuzz(...args);
    assertEquals(code, 2);
    assertStringIncludes(stderr, text);
    assertEquals(stderr.trimEnd().split("\n").length, 1);
  }
});
