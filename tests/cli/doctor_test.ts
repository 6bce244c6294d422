import { assert, assertEquals, assertStringIncludes } from "../deps.ts";
import { readSafetensors, writeSafetensors } from "../../lib/formats/safetensors/files.ts";
import { inFolder } from "../imaging/data/tiny_heart.ts";
import { tandem } from "./run_tandem.ts";

const GOLDEN = new URL("../../fixtures/network_small", import.meta.url).pathname;

Deno.test("doctor --golden prints each deviation with its limit and exits with 0", async () => {
  const { code, stdout } = await tandem("doctor", "--golden", GOLDEN);
  assertEquals(code, 0);
  const cells = stdout.split("\n").map((line) => line.split("│").map((cell) => cell.trim()));
  const [_, name, deviation, limit, verdict] = cells.find((row) => row[1] === "loss/total")!;
  assert(Number(deviation) <= Number(limit) && Number(limit) > 0, `${name} ${deviation} ${limit}`);
  assertEquals(verdict, "ok");
  const [, all] = /^(\d+) of \1 within their limits$/m.exec(stdout) ?? [];
  assert(Number(all) > 500, stdout.slice(-100));
});

Deno.test("doctor --golden exits with 1 where one weight is another, with --json too", () =>
  inFolder(async (folder) => {
    for (const { name } of Deno.readDirSync(GOLDEN)) {
      await Deno.copyFile(`${GOLDEN}/${name}`, `${folder}/${name}`);
    }
    const { tensors } = await readSafetensors(`${folder}/weights.safetensors`);
    const weight = tensors.get("image_encoder.general_encoder.down2.conv.0.weight")!;
    weight.data[3] = Number(weight.data[3]) * 1.05 + 0.01;
    await writeSafetensors(`${folder}/weights.safetensors`, tensors);
    const [text, json] = await Promise.all([
      tandem("doctor", "--golden", folder),
      tandem("doctor", "--golden", folder, "--json"),
    ]);
    assertEquals([text.code, json.code], [1, 1]);
    assertStringIncludes(text.stdout, "OVER");
    const { quantities, passed } = JSON.parse(json.stdout);
    assertEquals([passed, text.stderr, json.stderr], [false, "", ""]);
    assert(quantities.some((quantity: { passed: boolean }) => !quantity.passed));
  }));

Deno.test("doctor --golden names a folder that is none and exits with 3", async () => {
  const { code, stderr } = await tandem("doctor", "--golden", "/nowhere/golden");
  assertEquals([code, stderr.split("\n").length], [3, 1]);
  assertStringIncludes(stderr, "/nowhere/golden/meta.json");
});

Deno.test("doctor tells what hinders with what to do, as text and as JSON, and fails where it must", () =>
  inFolder(async (dir) => {
    const place = ["--cache", `${dir}/cache`];
    const [json, text] = await Promise.all([
      tandem("doctor", "--json", "--threads", "1", "--out", `${dir}/runs`, ...place),
      tandem("doctor", "--threads", "1", "--out", "/proc/runs", ...place),
    ]);
    const { troubles, facts, passed } = JSON.parse(json.stdout);
    assertEquals([json.code, passed, facts["disk of cache"]], [0, true, dir]);
    assert(troubles.every(({ severity }: { severity: string }) => severity === "warning"));
    assertEquals(text.code, 1);
    assertStringIncludes(text.stdout, "\nerror: nothing can be written to /proc, for runs");
    assertStringIncludes(text.stdout, "\n    -> see who may write there, or name another folder");
    assertEquals([...Deno.readDirSync(dir)], []);
  }));
