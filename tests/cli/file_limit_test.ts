import { assertEquals } from "../deps.ts";
import { inFolder } from "../imaging/data/tiny_heart.ts";

Deno.test("failAtFileLimit() has a file that grows too large be an error, and not the end", {
  ignore: Deno.build.os === "windows",
}, () =>
  inFolder(async (dir) => {
    const module = new URL("../../cli/file_limit.ts", import.meta.url).href;
    const code = `
      import { failAtFileLimit, fileLimitTaken } from ${JSON.stringify(module)};
      failAtFileLimit();
      const file = Deno.openSync(${JSON.stringify(`${dir}/large`)}, { write: true, create: true });
      try {
        file.truncateSync(2e9);
      } catch (error) {
        console.log(error.message);
        await fileLimitTaken(error.message);
      }`;
    // a limit above what Deno writes for itself
    const { code: exit, stdout } = await new Deno.Command("bash", {
      args: ["-c", 'ulimit -f 1000000; "$0" eval --no-check "$1"', Deno.execPath(), code],
      stderr: "null",
    }).output();
    const said = new TextDecoder().decode(stdout);
    assertEquals([exit, said.startsWith("File too large")], [0, true], said);
  }));
