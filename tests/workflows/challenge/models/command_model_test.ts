import { assert, assertEquals } from "../../../deps.ts";
import { exists } from "../../../../lib/formats/files/exists.ts";
import { commandModel } from "../../../../lib/workflows/challenge/models/command_model.ts";
import { inFolder } from "../../artifact_files/small_dataset.ts";

/** Runs a shell script as a model on one case. */
async function called(dir: string, script: string, stop?: AbortSignal) {
  for (const name of ["made", "logs"]) await Deno.mkdir(`${dir}/${name}`, { recursive: true });
  await Deno.writeTextFile(`${dir}/S1_0000.nii.gz`, "no image, but a file");
  await Deno.writeTextFile(`${dir}/program.sh`, script);
  const model = commandModel("m", `sh ${dir}/program.sh {input} {output}`, "set", 1);
  return await model.run({
    cases: [{
      id: "clean/S1",
      set: "clean",
      images: [`${dir}/S1_0000.nii.gz`],
      place: "S1.nii.gz",
    }],
    ...{ folder: `${dir}/made`, list: "", logs: `${dir}/logs`, threads: 1 },
    ...{ onDone: () => {}, onNotice: () => {}, stop },
  });
}

const ignore = Deno.build.os === "windows";

Deno.test({
  name: "commandModel() does not wait for what a program leaves behind",
  ignore,
  fn: () =>
    inFolder(async (dir) => {
      const failures = await called(
        dir,
        `echo said; (sleep 30; echo late > ${dir}/late) & cp $1/S1_0000.nii.gz $2/S1.nii.gz`,
      );
      assertEquals(failures, []);
      assert(!await exists(`${dir}/late`));
      assertEquals(await Deno.readTextFile(`${dir}/logs/clean.txt`), "said\n");
      assert(await exists(`${dir}/made/S1.nii.gz`));
    }),
});

Deno.test({
  name: "commandModel() ends a program that does not heed SIGTERM",
  ignore,
  fn: () =>
    inFolder(async (dir) => {
      const stop = new AbortController();
      const running = called(
        dir,
        `trap '' TERM; echo there > ${dir}/there; sleep 30; echo late > ${dir}/late`,
        stop.signal,
      );
      while (!await exists(`${dir}/there`)) await new Promise((done) => setTimeout(done, 20));
      stop.abort(new DOMException("interrupted", "AbortError"));
      const error = await running.then(() => undefined, (error) => error);
      assertEquals(error?.name, "AbortError");
      assert(!await exists(`${dir}/late`));
    }),
});

Deno.test({
  name: "commandModel() ends its program where the disk takes no more of what it says",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    inFolder(async (dir) => {
      await Deno.mkdir(`${dir}/logs`);
      await Deno.symlink("/dev/full", `${dir}/logs/clean.txt`);
      const error = await called(dir, `while :; do echo said; done`).then(
        () => undefined,
        (error) => error,
      );
      assertEquals(error?.name, "WriteError");
      assertEquals([...Deno.readDirSync(`${dir}/made`)], []);
    }),
});
