/** The `package.json` of the npm package. */

/** The sub-paths that Node users import, each a module of `release/node`. */
export const ENTRIES: ReadonlyMap<string, string> = new Map([
  [".", "index"],
  ...["artifacts", "metrics", "nifti", "segmentation", "stats"].map((name) =>
    [`./${name}`, name] as const
  ),
]);

/** Versions that have `process.getBuiltinModule`, by which Tandem asks for what a browser lacks. */
const NODE = "^20.16.0 || >=22.3.0";

/** What of deno.json goes with the package. */
export interface Project {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/**
 * Large packages that the command line alone needs: `npm install --omit=optional` leaves them out, as npm
 * itself leaves out what asks for a newer Node. The others of the command line are no optional ones for that:
 * they run under Deno, whatever Node they ask for.
 */
const OPTIONAL = /^(deno|onnxruntime-web|@tensorflow\/tfjs-backend-webgpu)$/;

/**
 * The manifest, plain JSON.
 *
 * @param packages Versions of what the modules import and of Deno, by name.
 */
export function manifest(
  { name, version, license }: Project,
  packages: ReadonlyMap<string, string>,
) {
  const sorted = [...packages].sort(([a], [b]) => a < b ? -1 : 1);
  const chosen = (optional: boolean) =>
    Object.fromEntries(sorted.filter(([name]) => OPTIONAL.test(name) === optional));
  const entry = (module: string) => ({
    types: `./release/node/${module}.d.ts`,
    default: `./release/node/${module}.js`,
  });
  return {
    ...{ name, version, license },
    description:
      "Medical image segmentation that stays robust on bad scans: training, artifacts, " +
      "metrics, inference, on the CPU in WebAssembly",
    keywords: ["segmentation", "medical-imaging", "mri", "nifti", "wasm", "robustness"],
    type: "module",
    exports: Object.fromEntries([...ENTRIES].map(([path, module]) => [path, entry(module)])),
    main: "./release/node/index.js",
    types: "./release/node/index.d.ts",
    bin: { tandem: "bin/tandem.js" },
    engines: { node: NODE },
    // gaps.js adds what Node 20 lacks; no other module of these does anything before it is called
    sideEffects: ["./release/node/gaps.js", "./cli/**", "./**/*worker*.js"],
    dependencies: chosen(false),
    optionalDependencies: chosen(true),
  };
}
