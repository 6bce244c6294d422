import { type DualNetworkOptions, dualNetworkSpecs } from "./dual_network.ts";
import { levelCount, NETWORK_MODULES, ofSegmentation } from "./parameter_names.ts";
import { WeightsError } from "./weights_error.ts";

/** The networks that weights are of, told from names and shapes alone. */
export interface MatchedWeights {
  readonly model: Required<DualNetworkOptions>;
  /** Both, or the encoder and the segmentation decoder alone. */
  readonly networks: "dual" | "segmentation";
  /** For each parameter of the networks its name in the file, in the order of the specs. */
  readonly names: ReadonlyMap<string, string>;
  /**
   * Biases that the file lacks and that are 0 in its place: those of the code filter, whose
   * convolutions had none in the authors' first code.
   */
  readonly zeros: ReadonlyMap<string, readonly number[]>;
  /** What is in the file, and is no parameter: an optimiser's state, say. */
  readonly others: readonly string[];
}

/**
 * Parts of names that wrap a whole network, and say nothing. Averages of weights (`ema`) are other
 * weights, and not among them.
 */
const WRAPPERS = [
  ...["module", "model", "model_state", "model_state_dict", "state_dict", "weights"],
  ...["net", "network", "_orig_mod", "_forward_module"],
];

/** Names that an error tells before it counts. */
const NAMES_TOLD = 8;

/**
 * Finds the parameters of the networks among tensors, whatever wraps their names, and tells the
 * architecture from their shapes.
 *
 * @param shapes The shape of each tensor, in the reference's layout, by name.
 * @param source What errors call the file.
 * @throws {WeightsError} If a parameter is missing, is there twice, has another shape than the others ask
 * for, or is unknown; all of them are named.
 */
export function matchWeights(
  shapes: ReadonlyMap<string, readonly number[]>,
  source: string,
): MatchedWeights {
  const fail = (detail: string): never => {
    throw new WeightsError(`Cannot import ${source}: ${detail}`);
  };
  const found = new Map<string, string>(), others: string[] = [];
  for (const given of shapes.keys()) {
    const name = given.split(".").filter((part) => !WRAPPERS.includes(part)).join(".");
    const isOurs = NETWORK_MODULES.some((module) => name.startsWith(`${module}.`));
    if (!isOurs) others.push(given);
    // PyTorch counts batches, which no pass looks at.
    else if (name.endsWith(".num_batches_tracked")) continue;
    else if (found.has(name)) fail(`${name} is there twice, as ${found.get(name)} and ${given}`);
    else found.set(name, given);
  }
  const shapeOf = (name: string) => shapes.get(found.get(name) ?? "");
  const first = shapeOf("image_encoder.general_encoder.inc.0.weight");
  const last = shapeOf("segmentation_decoder.final_conv.bias");
  if (first?.length !== 4 || last?.length !== 1) {
    return fail(
      "it holds no image_encoder.general_encoder.inc.0.weight of four axes, or no " +
        "segmentation_decoder.final_conv.bias of one, which tell width, channels and classes; " +
        `its names are ${listed([...shapes.keys()]) || "none"}`,
    );
  }
  const model = {
    baseWidth: first[0]!,
    classes: last[0]!,
    inputChannels: first[1]!,
    levels: levelCount(found),
  };
  checkModel(model, fail);
  const networks = [...found.keys()].every(ofSegmentation) ? "segmentation" : "dual";
  const specs = new Map(
    [...dualNetworkSpecs(model)].filter(([name]) => networks === "dual" || ofSegmentation(name)),
  );
  const missing = [...specs.keys()].filter((name) => !found.has(name));
  const zeros = missing.filter((name) => /\.code_decoupler\.[03]\.bias$/.test(name));
  const lacking = missing.filter((name) => !zeros.includes(name));
  const unknown = [...found.keys()].filter((name) => !specs.has(name));
  const odd = [...specs].flatMap(([name, { shape }]) => {
    const own = shapeOf(name);
    return own === undefined || own.join() === shape.join()
      ? []
      : [`${name} is [${own}], wanted [${shape}]`];
  });
  const problems = [
    ...lacking.length > 0 ? [`missing: ${listed(lacking)}`] : [],
    ...unknown.length > 0 ? [`unknown: ${listed(unknown)}`] : [],
    ...odd.length > 0 ? [`of another shape: ${listed(odd)}`] : [],
  ];
  if (problems.length > 0) {
    const { baseWidth, classes, inputChannels, levels } = model;
    fail(
      `for networks of width ${baseWidth} and ${levels} levels, ${inputChannels} channels and ` +
        `${classes} classes, ${problems.join("; ")}`,
    );
  }
  return {
    model,
    networks,
    names: new Map(
      [...specs.keys()].filter((name) => found.has(name)).map(
        (name) => [name, found.get(name)!],
      ),
    ),
    zeros: new Map(zeros.map((name) => [name, specs.get(name)!.shape])),
    others,
  };
}

/** Refuses by arithmetic what no network of this kind is. */
function checkModel(
  { baseWidth, classes, inputChannels, levels }: MatchedWeights["model"],
  fail: (detail: string) => never,
): void {
  const ranges = [
    ["width", baseWidth, 1, 256],
    ["classes", classes, 2, 255],
    ["channels", inputChannels, 1, 16],
    ["levels", levels, 1, 4],
  ] as const;
  for (const [what, value, low, high] of ranges) {
    if (value >= low && value <= high) continue;
    fail(`its shapes tell ${what} of ${value}, wanted ${low} to ${high}`);
  }
}

function listed(names: readonly string[]): string {
  const more = names.length - NAMES_TOLD;
  return names.slice(0, NAMES_TOLD).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
