import { assert, assertEquals, assertRejects, assertStringIncludes } from "../../deps.ts";
import { ConfigError } from "../../../lib/base/config/config_error.ts";
import { parseConfig } from "../../../lib/base/config/parse_config.ts";
import { type ConfigSources, resolveConfig } from "../../../lib/formats/files/resolve_config.ts";

async function withFile(suffix: string, text: string, run: (path: string) => Promise<void>) {
  const path = await Deno.makeTempFile({ suffix });
  await Deno.writeTextFile(path, text);
  try {
    await run(path);
  } finally {
    await Deno.remove(path);
  }
}

async function refuse(sources: ConfigSources, keyPath: string, ...texts: string[]) {
  const error = await assertRejects(() => resolveConfig(sources), ConfigError) as ConfigError;
  for (const text of texts) assertStringIncludes(error.message, text);
  assertEquals(error.keyPath, keyPath);
  assert(!error.message.includes("\n"));
}

Deno.test("resolveConfig() gives the method's published values without a preset's own", async () => {
  const config = await resolveConfig({ preset: "acdc-2021" });
  assertEquals(config.training.epochs, 600);
  assertEquals(config.training.batchSize, 20);
  assertEquals([config.data.size, config.model.baseWidth, config.optimizer.learningRate], [
    192,
    16,
    1e-4,
  ]);
  assertEquals(config.method.shapeMask, {
    scheme: "random",
    maxThreshold: 0.5,
    randomThreshold: true,
    soft: true,
    score: "signed",
  });
});

Deno.test("resolveConfig() lets a later source win: preset, file, set, flags", async () => {
  const text = JSON.stringify({ data: { size: 64 }, training: { epochs: 2, batchSize: 4 } });
  await withFile(".json", text, async (file) => {
    const config = await resolveConfig({
      file,
      set: ["training.batchSize=6", "training.seed=1", "data.dir=some/dir", "data.layout=mnms"],
      flags: { training: { seed: 2 } },
    });
    assertEquals(config.model.baseWidth, 8); // of the preset
    assertEquals([config.data.size, config.training.epochs], [64, 2]); // of the file
    assertEquals([config.training.batchSize, config.data.dir], [6, "some/dir"]); // set
    assertEquals([config.training.seed, config.data.layout], [2, "mnms"]);
  });
});

Deno.test("resolveConfig() reads YAML", async () => {
  await withFile(".yaml", "method:\n  latentAugmentation: false\n  noise: 0\n", async (file) => {
    const { method } = await resolveConfig({ file });
    assertEquals([method.latentAugmentation, method.noise], [false, 0]);
  });
});

Deno.test("resolveConfig() names an unknown key and the nearest one", async () => {
  await refuse(
    { set: ["training.batchsize=4"] },
    "training.batchsize",
    "unknown key training.batchsize; did you mean training.batchSize?",
  );
  await refuse({ set: ["learningRate=1"] }, "learningRate", "did you mean optimizer.learningRate?");
  await refuse(
    { set: ["method.imageMask.sofd=1"] },
    "method.imageMask.sofd",
    "did you mean method.imageMask.soft?",
  );
  await refuse({ set: ["__proto__.x=1"] }, "__proto__", "unknown key __proto__");
  await withFile(".json", '{"modle": {}}', async (file) => {
    await refuse({ file }, "modle", file, "did you mean model?");
  });
});

Deno.test("resolveConfig() names a bad value, what it is and what is wanted", async () => {
  const cases: [string, string, string][] = [
    ["data.size=100", "data.size", "is 100, wanted a multiple of 16"],
    ["training.batchSize=many", "training.batchSize", 'is "many", wanted number'],
    ["training.epochs=1.5", "training.epochs", "is 1.5, wanted a whole number"],
    ["optimizer.beta1=1", "optimizer.beta1", "is 1, wanted less than 1"],
    ["method.imageMask.score=abs", "method.imageMask.score", "wanted one of signed, absolute"],
    ["method.maskScope=[]", "method.maskScope", "is [], wanted at least 1"],
    ["training=3", "training", "is 3, wanted object"],
  ];
  for (const [assignment, path, text] of cases) await refuse({ set: [assignment] }, path, text);
});

Deno.test("resolveConfig() refuses a bad preset, assignment or file", async () => {
  await refuse({ preset: "quik" }, "preset", "did you mean quick?");
  await refuse({ preset: "toString" }, "preset", "no preset is named");
  await refuse({ set: ["training.epochs"] }, "", "wanted KEY=VALUE");
  await refuse({ file: "/nowhere/c.json" }, "", "/nowhere/c.json");
  await withFile(".json", "{oops", (file) => refuse({ file }, "", file));
  await withFile(".json", "[1]", (file) => refuse({ file }, "", "holds no object"));
});

Deno.test("parseConfig() takes back what resolveConfig() gave", async () => {
  const config = await resolveConfig({});
  assertEquals(parseConfig(JSON.parse(JSON.stringify(config))), config);
});

Deno.test("resolveConfig() refuses what the segmentation alone cannot be trained by", async () => {
  const alone = ["method.networks=segmentation", "method.latentAugmentation=false"];
  await resolveConfig({ set: alone });
  const refused = ["latentAugmentation=true", "shapePrior=degraded-labels"];
  for (const setting of [...refused, "imageAugmentation=max-style"]) {
    const key = `method.${setting.split("=")[0]}`;
    await refuse({ set: [...alone, `method.${setting}`] }, key, "method.networks is segmentation");
  }
});
