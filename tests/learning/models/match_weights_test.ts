import { assert, assertEquals, assertThrows } from "../../deps.ts";
import { dualNetworkSpecs } from "../../../lib/learning/models/dual_network.ts";
import { matchWeights } from "../../../lib/learning/models/match_weights.ts";
import { WeightsError } from "../../../lib/learning/models/weights_error.ts";

const OPTIONS = { baseWidth: 3, classes: 5, inputChannels: 2 };

/** The shapes of the networks' parameters, with names changed, and some left out or added. */
function shapes(
  rename: (name: string) => string | undefined = (name) => name,
  added: Readonly<Record<string, readonly number[]>> = {},
): Map<string, readonly number[]> {
  const own = [...dualNetworkSpecs(OPTIONS)].flatMap(([name, { shape }]) => {
    const renamed = rename(name);
    return renamed === undefined ? [] : [[renamed, shape] as const];
  });
  return new Map([...own, ...Object.entries(added)]);
}

Deno.test("matchWeights() tells the architecture from names and shapes", () => {
  const { model, networks, names, others, zeros } = matchWeights(shapes(), "file");
  assertEquals(model, { ...OPTIONS, levels: 4 });
  assertEquals([networks, names.size, others, zeros.size], [
    ...["dual", dualNetworkSpecs(OPTIONS).size, [], 0],
  ]);
});

Deno.test("matchWeights() counts the levels", () => {
  for (const levels of [1, 2, 3, 4]) {
    const specs = dualNetworkSpecs({ ...OPTIONS, levels });
    const own = new Map([...specs].map(([name, { shape }]) => [name, shape]));
    assertEquals(matchWeights(own, "file").model, { ...OPTIONS, levels });
  }
});

Deno.test("matchWeights() looks through what wraps names, and passes over other things", () => {
  const wrapped = shapes(
    (name) => `model_state.${name.replace(".", ".module.")}`,
    {
      "optimizer_state.image_encoder.step": [],
      "model_state.image_encoder.code_decoupler.1.num_batches_tracked": [],
    },
  );
  const { names, others } = matchWeights(wrapped, "file");
  assertEquals(
    names.get("shape_decoder.final_conv.bias"),
    "model_state.shape_decoder.module.final_conv.bias",
  );
  assertEquals(others, ["optimizer_state.image_encoder.step"]);
});

Deno.test("matchWeights() takes the fast-thinking network alone", () => {
  const alone = shapes((name) => /^(image_enc|segmentation_)/.test(name) ? name : undefined);
  const { networks, names } = matchWeights(alone, "file");
  assertEquals(networks, "segmentation");
  assert([...names.keys()].every((name) => !name.startsWith("shape_")));
});

Deno.test("matchWeights() takes the biases that the first code lacked for 0", () => {
  const bare = shapes((name) => /code_decoupler\.[03]\.bias/.test(name) ? undefined : name);
  const { zeros } = matchWeights(bare, "file");
  assertEquals([...zeros], [
    ["image_encoder.code_decoupler.0.bias", [24]],
    ["image_encoder.code_decoupler.3.bias", [24]],
  ]);
});

Deno.test("matchWeights() names all that is missing, unknown or of another shape", () => {
  const gone = "shape_encoder.down2.conv.1.weight", odd = "image_decoder.up1.up.bias";
  const broken = shapes((name) => name === gone ? undefined : name, {
    "shape_encoder.extra.weight": [1],
    [odd]: [7],
  });
  assertThrows(
    () => matchWeights(broken, "file"),
    WeightsError,
    "Cannot import file: for networks of width 3 and 4 levels, 2 channels and 5 classes, " +
      `missing: ${gone}; unknown: shape_encoder.extra.weight; ` +
      `of another shape: ${odd} is [7], wanted [24]`,
  );
});

Deno.test("matchWeights() refuses what is no such network", () => {
  const wrong: [ReadonlyMap<string, readonly number[]>, string][] = [
    [new Map(), "its names are none"],
    [new Map([["weight", [3]]]), "its names are weight"],
    [shapes(undefined, { "image_encoder.general_encoder.inc.0.weight": [3] }), "of four axes"],
    [
      shapes(undefined, { "image_encoder.general_encoder.inc.0.weight": [1e9, 2, 3, 3] }),
      "width of 1000000000, wanted 1 to 256",
    ],
    [shapes(undefined, { "segmentation_decoder.final_conv.bias": [1] }), "classes of 1"],
    [
      shapes(undefined, { "module.shape_decoder.final_conv.bias": [5] }),
      "shape_decoder.final_conv.bias is there twice",
    ],
  ];
  for (const [given, detail] of wrong) {
    assertThrows(() => matchWeights(given, "file"), WeightsError, detail);
  }
});
