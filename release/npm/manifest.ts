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
 * The manifest, plain JSON.
 *
 * @param library Versions of what Node users' modules import, by name.
 * @param commandLine And of what the command line needs besides; `npm install --omit=optional` leaves it
 * out.
 */
export function manifest(
  { name, version, license }: Project,
  library: ReadonlyMap<string, string>,
  commandLine: ReadonlyMap<string, string>,
) {
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
    dependencies: sorted(library),
    optionalDependencies: sorted(commandLine),
  };
}

function sorted(packages: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...packages].sort(([a], [b]) => a < b ? -1 : 1));
}
