/** What the names of parameters, which are those of the authors' code, tell of networks. */

/** The modules of both networks: what every name begins with. */
export const NETWORK_MODULES = [
  "image_encoder",
  "segmentation_decoder",
  "image_decoder",
  "shape_encoder",
  "shape_decoder",
] as const;

/** How often the networks with parameters of these names halve a slice: 0 where they are none. */
export function levelCount(names: { has(name: string): boolean }): number {
  let level = 0;
  while (names.has(`image_encoder.general_encoder.down${level + 1}.down.weight`)) level++;
  return level;
}

/** Whether it takes part in a segmentation by the fast-thinking network. */
export function ofSegmentation(name: string): boolean {
  return name.startsWith("image_encoder.") || name.startsWith("segmentation_decoder.");
}
