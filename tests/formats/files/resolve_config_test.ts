import { assert, assertEquals, assertRejects, assertStringIncludes } from "../../deps.ts";
import { ConfigError } from "../../../lib/base/config/config_error.ts";
import { withoutOlderSettings } from "../../../lib/base/config/older_settings.ts";
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
  assertEquals(config.data.size, { height: 192, width: 192 });
  assertEquals([config.model.baseWidth, config.optimizer.learningRate], [16, 1e-4]);
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
    assertEquals([config.data.larger, config.model.levels], ["tiles", "auto"]); // of the preset
    assertEquals(config.data.size, { height: 64, width: 64 }); // of the file
    assertEquals(config.training.epochs, 2);
    assertEquals([config.training.batchSize, config.data.dir], [6, "some/dir"]); // set
    assertEquals([config.training.seed, config.data.layout], [2, "mnms"]);
  });
});

Deno.test("resolveConfig() takes auto where a data set is given, else quick", async () => {
  const chosen = async (sources: ConfigSources): Promise<unknown[]> => {
    const { data, model } = await resolveConfig(sources);
    return [data.size, data.spacing, model.baseWidth];
  };
  const auto: unknown[] = ["auto", "auto", 16];
  const quick: unknown[] = [{ height: 96, width: 96 }, 1.6, 8];
  assertEquals(await chosen({}), quick);
  assertEquals(await chosen({ flags: { data: { dir: null } } }), quick);
  assertEquals(await chosen({ flags: { data: { dir: "d" } } }), auto);
  assertEquals(await chosen({ set: ["data.dir=d"] }), auto);
  assertEquals(await chosen({ set: ["data.dir=d"], preset: "quick" }), quick);
  await withFile(".yaml", "data:\n  dir: d\n", async (file) => {
    assertEquals(await chosen({ file }), auto);
  });
});

Deno.test("resolveConfig() reads a size as a side, as height x width, or as auto", async () => {
  const sizeOf = async (size: string) =>
    (await resolveConfig({ set: [`data.size=${size}`] })).data.size;
  assertEquals(await sizeOf("64"), { height: 64, width: 64 });
  const wide = { height: 64, width: 48 };
  assertEquals(await sizeOf("64x48"), wide);
  assertEquals(await sizeOf("[64,48]"), wide);
  assertEquals(await sizeOf(JSON.stringify(wide)), wide);
  assertEquals(await sizeOf("auto"), "auto");
  // As `--size` gives them.
  for (const [size, wanted] of [["64", { height: 64, width: 64 }], ["64x48", wide]] as const) {
    assertEquals((await resolveConfig({ flags: { data: { size } } })).data.size, wanted);
  }
  // One side alone leaves the preset's other one.
  const one = await resolveConfig({ set: ["data.size.height=64"], preset: "quick" });
  assertEquals(one.data.size, { height: 64, width: 96 });
  for (const bad of ["64x50", "[64]x", "0", "4112", "[64,null]", "[[64],48]", "true"]) {
    await refuse({ set: [`data.size=${bad}`] }, "data.size", "wanted auto, a multiple of 16");
  }
});

Deno.test("parseConfig() reads what older runs say", () => {
  const { data, model } = parseConfig(withoutOlderSettings({
    data: { size: 96, augmentation: "acdc" },
    model: { classes: 4, inputChannels: 1, baseWidth: 4 },
  }));
  assertEquals([data.size, data.augmentation], [{ height: 96, width: 96 }, "turned"]);
  assertEquals(model, { baseWidth: 4, levels: 4 });
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
    ["data.size=100", "data.size", "is 100, wanted auto, a multiple of 16 from 16 to 4096"],
    ["training.batchSize=many", "training.batchSize", 'is "many", wanted number'],
    ["training.epochs=1.5", "training.epochs", "is 1.5, wanted a whole number"],
    ["optimizer.beta1=1", "optimizer.beta1", "is 1, wanted less than 1"],
    ["method.imageMask.score=abs", "method.imageMask.score", "wanted one of signed, absolute"],
    ["method.maskScope=[]", "method.maskScope", "is [], wanted at least 1"],
    ["training=3", "training", "would replace a whole section, wanted training.KEY=VALUE"],
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
