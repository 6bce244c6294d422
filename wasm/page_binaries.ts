/** The binaries that a page finds beside its bundle. */
import { simdBuild, threadedBuild } from "./deps/tfjs_factories.ts";

const OURS = ["kernels", "kernels_single", "kernels_plain", "kernels_plain_single"];

/** Their places; a page asks for the one that fits it by the name of its file. */
export const PAGE_BINARIES: readonly URL[] = [
  ...OURS.map((name) => new URL(`${name}.wasm`, import.meta.url)),
  threadedBuild.binary,
  simdBuild.binary,
];
