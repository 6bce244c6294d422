import { assert, assertEquals } from "../deps.ts";

/** What a run of `steps_digest.ts` prints with flags of V8, all kernels optimised from the start. */
async function digestWith(flags: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", `--v8-flags=${["--no-liftoff", ...flags].join(",")}`],
      new URL("steps_digest.ts", import.meta.url).href,
    ],
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

Deno.test("the flags of `deno task fast` change no bit of what is learnt", {
  // elsewhere V8 does not know them
  ignore: Deno.build.arch !== "x86_64",
}, async () => {
  const text = await Deno.readTextFile(new URL("../../deno.json", import.meta.url));
  const { fast }: { fast: string } = JSON.parse(text).tasks;
  const flags = /--v8-flags=(\S+)/.exec(fast)![1]!.split(",");
  assertEquals(flags.length, 2);
  const plain = await digestWith([]);
  assert(plain.split("\n").length > 100, plain);
  assertEquals(await digestWith(flags), plain);
});
