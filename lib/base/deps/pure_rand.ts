/** The one place that pins pure-rand: library code imported by URL sees no import map. */
export {
  xoroshiro128plus,
  xoroshiro128plusFromState,
} from "npm:pure-rand@8.4.2/generator/xoroshiro128plus";
export { uniformFloat64 } from "npm:pure-rand@8.4.2/distribution/uniformFloat64";
export { uniformInt } from "npm:pure-rand@8.4.2/distribution/uniformInt";
export type { JumpableRandomGenerator } from "npm:pure-rand@8.4.2/types/JumpableRandomGenerator";
