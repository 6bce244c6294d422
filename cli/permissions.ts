/** What a command reads and writes, in the words of SECURITY.md; the folder of Tandem is `.`, Deno's own file `DENO`. */
interface Permissions {
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** What has to be given for these to be enough. */
  readonly given?: string;
  /** Flags of other kinds. */
  readonly more?: string;
  /** What is needed besides, and when. */
  readonly besides?: string;
}

const OUT = ["OUT"];

/** Deno itself makes modules for a browser. */
const BUNDLE = "--allow-run=DENO";

/** By the words of the command. */
export const PERMISSIONS: Readonly<Record<string, Permissions>> = {
  train: { read: ["DATA", "RUNS"], write: ["RUNS"], given: "--cache none" },
  evaluate: { read: ["RUNS", "DATA", "OUT"], write: OUT, given: "--cache none" },
  predict: { read: ["RUNS", "DATA", "OUT"], write: OUT },
  postprocess: { read: ["RUNS", "DATA"], write: ["RUNS"] },
  view: { read: ["RUNS"], write: [], more: `${BUNDLE} --allow-net=127.0.0.1` },
  site: { read: ["RUNS", "OUT"], write: OUT, more: BUNDLE },
  export: { read: ["RUNS", "OUT"], write: OUT },
  import: { read: ["OUT", "RUNS"], write: ["RUNS"] },
  card: { read: ["RUNS"], write: ["RUNS"] },
  study: {
    ...{ read: ["DATA", "STUDIES"], write: ["STUDIES"], given: "--cache none" },
    besides: "-A for --engine slurm",
  },
  "study run": { read: ["DATA", "STUDIES"], write: ["STUDIES"] },
  "study jobs": { read: ["STUDIES"], write: [] },
  "study status": {
    ...{ read: ["STUDIES"], write: [] },
    besides: "--allow-run=scontrol,squeue,sacct for Slurm's queue",
  },
  "study cancel": {
    ...{ read: ["STUDIES"], write: ["STUDIES"] },
    besides: "--allow-run=scontrol,squeue,scancel",
  },
  challenge: {
    ...{ read: ["DATA", "RUNS", "OUT"], write: OUT },
    besides: "--allow-run=PROGRAM for each --command",
  },
  compare: { read: ["RUNS", "OUT"], write: OUT },
  report: { read: ["RUNS"], write: ["RUNS"] },
  settings: { read: [], write: [] },
  inspect: { read: ["DATA", "OUT"], write: OUT },
  init: { read: ["DATA", "OUT"], write: OUT },
  convert: { read: ["DATA", "OUT"], write: OUT },
  phantom: { read: OUT, write: OUT },
  "artifacts suite": { read: ["DATA", "OUT"], write: OUT },
  "artifacts apply": { read: ["DATA", "OUT"], write: OUT },
  "artifacts list": { read: [], write: [] },
  "artifacts show": { read: OUT, write: OUT },
  "artifacts replay": { read: ["DATA", "OUT"], write: OUT },
  cache: { read: ["CACHE"], write: ["CACHE"], given: "--cache CACHE" },
  doctor: { read: [], write: [] },
  completions: { read: [], write: [] },
};

/** The permissions that a command needs in the place of `-A`, for its help; undefined for others. */
export function permissionText(command: string): string | undefined {
  const needed = PERMISSIONS[command];
  if (needed === undefined) return undefined;
  const { read, write, more: other, given, besides } = needed;
  const flags = [
    "--no-prompt",
    `--allow-read=${[".", "PACKAGES", ...read].join()}`,
    ...other === undefined ? [] : [other],
    ...write.length > 0 ? [`--allow-write=${write.join()}`] : [],
  ];
  const when = given === undefined ? "" : `, with ${given}`;
  const more = besides === undefined ? "" : `\n  ${besides}`;
  return `Instead of -A (SECURITY.md)${when}:\n  ${flags.join(" ")}${more}`;
}
