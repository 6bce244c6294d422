/** `tandem export`, `import` and `card` as people run them. */
import { assert, assertEquals, assertStringIncludes } from "../../deps.ts";
import { inFolder } from "../../workflows/runs/tiny_run.ts";
import { tinyModel } from "../../workflows/exchange/tiny_model.ts";
import { tandem, tandemOnFullDisk } from "../run_tandem.ts";

const FIXTURES = new URL("../../../fixtures/pytorch/", import.meta.url).pathname;

Deno.test("export, import and card go round from one run to another", () =>
  inFolder(async (dir) => {
    await tinyModel(`${dir}/run`);
    const onnx = await tandem("export", `${dir}/run`, "-o", `${dir}/out/model.onnx`);
    assertEquals([onnx.code, onnx.stderr], [0, ""]);
    assertStringIncludes(onnx.stdout, "multiples of 16 x 16 pixels, 4 classes");
    const weights = `${dir}/out/weights.safetensors`;
    const exported = await tandem("export", `${dir}/run`, "-o", weights, "--json");
    assertEquals(JSON.parse(exported.stdout).format, "safetensors");
    const imported = await tandem("import", weights, "-o", `${dir}/again`);
    assertEquals(imported.code, 0, imported.stderr);
    assertStringIncludes(imported.stdout, "both networks, width 2, 4 levels; LV, MYO, RV");
    const card = await tandem("card", `${dir}/again`);
    assertEquals([card.code, card.stdout.trim()], [0, `${dir}/again/MODEL.md`]);
    assertEquals((await tandem("card", `${dir}/again`)).code, 2);
  }));

Deno.test("export and import end with the exit code of what is wrong", () =>
  inFolder(async (dir) => {
    await tinyModel(`${dir}/run`);
    const out = ["-o", `${dir}/out`];
    const cases: [number, string, ...string[]][] = [
      [2, "wanted a name in .onnx or .safetensors", "export", `${dir}/run`, "-o", `${dir}/m.pb`],
      [2, "it is the input", "export", `${dir}/run`, "-o", `${dir}/run/last.safetensors`],
      [3, "Cannot open run", "export", `${dir}/none`, "-o", `${dir}/m.onnx`],
      [3, "it names posix.system", "import", `${FIXTURES}hostile.pth`, ...out],
      [3, "its names are half", "import", `${FIXTURES}odd.pth`, ...out],
      [3, "No such file", "import", `${dir}/none.pth`, ...out],
      [2, "weights do not tell data.labels, data.size", "import", `${FIXTURES}networks`, ...out],
      [
        ...[2, "it holds a run already"] as const,
        ...["import", `${dir}/run/best.safetensors`, "-o", `${dir}/run`] as const,
        ...["--set", "data.layout=acdc", "--set", "data.size=16"],
        ...["--set", "data.spacing=2", "--set", "data.intensity=slice"],
      ],
    ];
    for (const [code, detail, ...args] of cases) {
      const outcome = await tandem(...args);
      assertEquals(outcome.code, code, `${args.join(" ")}: ${outcome.stderr}`);
      assertStringIncludes(outcome.stderr, detail);
      assert(!outcome.stdout.includes("was run"));
    }
    assertEquals([...Deno.readDirSync(dir)].map(({ name }) => name), ["run"]);
  }));

Deno.test("export and import leave nothing half-made on a full disk", () =>
  inFolder(async (dir) => {
    await tinyModel(`${dir}/run`);
    const names = (path: string) => [...Deno.readDirSync(path)].map(({ name }) => name);
    await Deno.mkdir(`${dir}/out`);
    const model = ["export", `${dir}/run`, "-o", `${dir}/out/model.onnx`];
    assertEquals((await tandemOnFullDisk("model.onnx", ...model)).code, 1);
    assertEquals(names(`${dir}/out`), []);
    const weights = `${dir}/out/weights.safetensors`;
    assertEquals((await tandem("export", `${dir}/run`, "-o", weights)).code, 0);
    const again = ["import", weights, "-o", `${dir}/again`];
    assertEquals((await tandemOnFullDisk("last.safetensors", ...again)).code, 1);
    assertEquals(names(dir).sort(), ["out", "run"]);
  }));
