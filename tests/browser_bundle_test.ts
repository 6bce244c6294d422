/** What knows no files runs in a browser too: bundled, and set to work in Chromium. */
import { assert, assertEquals } from "./deps.ts";
import { inFolder } from "./imaging/data/tiny_heart.ts";
import { segmentDrawnSlices } from "./segment_drawn_slices.ts";
import { findChromium, withChromium } from "./chromium.ts";
import { simdBuild, threadedBuild } from "../wasm/deps/tfjs_factories.ts";

const ROOT = new URL("../", import.meta.url);

/** Reading files is theirs: data sets on disk, and the worker that opens them. */
const OF_FILES = /^lib\/imaging\/data\/(cases|layouts|preparation\/worker\.ts)/;

/** Bytes in, values out, and the reverse. */
const CODECS = `
export { parseNifti } from "ROOT/lib/formats/nifti/parse_nifti.ts";
export { encodeNifti } from "ROOT/lib/formats/nifti/encode_nifti.ts";
export * from "ROOT/lib/formats/safetensors/decode.ts";
export * from "ROOT/lib/formats/safetensors/encode.ts";
export * from "ROOT/lib/formats/tensorboard/event.ts";
export * from "ROOT/lib/formats/tensorboard/records.ts";
`;

async function modulesIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))) {
    const path = folder + name;
    if (OF_FILES.test(path)) continue;
    if (isDirectory) found.push(...await modulesIn(`${path}/`));
    else found.push(path);
  }
  return found.sort();
}

/** Bundles the wings of tensors and arrays, codecs and backend for a browser. */
async function bundleInto(folder: string): Promise<string> {
  const wings = [...await modulesIn("lib/learning/"), ...await modulesIn("lib/imaging/")];
  const entry = [
    ...wings.map((path, n) => `export * as m${n} from "ROOT/${path}";`),
    CODECS,
    `export * from "ROOT/wasm/mod.ts";`,
    `export * from "ROOT/tests/segment_drawn_slices.ts";`,
  ].join("\n").replaceAll("ROOT/", ROOT.href);
  await Deno.writeTextFile(`${folder}/entry.ts`, entry);
  const bundle = `${folder}/bundle.js`;
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--platform", "browser", "--output", bundle, `${folder}/entry.ts`],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  await Deno.remove(`${folder}/entry.ts`);
  return bundle;
}

/** The binaries that a page finds beside its bundle. */
async function copyBinaries(folder: string): Promise<void> {
  const kernels = ["kernels", "kernels_single", "kernels_plain"]
    .map((name) => new URL(`wasm/${name}.wasm`, ROOT));
  for (const url of [...kernels, threadedBuild.binary, simdBuild.binary]) {
    await Deno.copyFile(url, `${folder}/${url.pathname.split("/").at(-1)}`);
  }
}

/** Forbids what a page of Tandem can do without, functions made of text above all. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:; " +
  "connect-src 'self'";

/** Serves a folder to a page, which below `/shared/` may share memory between threads. */
function servePages(folder: string) {
  const types: Record<string, string> = { js: "text/javascript", wasm: "application/wasm" };
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async ({ url }) => {
    const { pathname } = new URL(url), name = pathname.split("/").at(-1)!;
    const headers = {
      "content-security-policy": POLICY,
      ...pathname.startsWith("/shared/") && {
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
      },
      "content-type": types[name.split(".").at(-1)!] ?? "text/html",
    };
    if (name === "") return new Response("<!doctype html><title>Tandem</title>", { headers });
    const body = await Deno.readFile(`${folder}/${name}`).catch(() => undefined);
    return body ? new Response(body, { headers }) : new Response("", { status: 404, headers });
  });
}

const chromium = findChromium();

Deno.test("the bundle for a browser asks for nothing of Deno or Node", () =>
  inFolder(async (folder) => {
    const code = await Deno.readTextFile(await bundleInto(folder));
    assert(code.length > 1e6);
    const lines = code.split("\n").filter((line) => /\bDeno\.|["'`]node:/.test(line));
    assertEquals(lines.map((line) => line.slice(0, 200)), []);
  }));

Deno.test({
  name: chromium
    ? "the bundle segments in Chromium to the bit as Deno does, on two threads and on one"
    : "the bundle segments in Chromium (none here: set CHROMIUM_PATH)",
  ignore: chromium === undefined,
  fn: () =>
    inFolder(async (folder) => {
      await Promise.all([bundleInto(folder), copyBinaries(folder)]);
      const server = servePages(folder);
      try {
        await withChromium(chromium!, async (browser) => {
          const segmented = async (place: string, options = {}) => {
            const page = await browser.newPage();
            await page.goto(`http://127.0.0.1:${server.addr.port}${place}`);
            return await page.evaluate(
              `import("./bundle.js").then((tandem) =>
                tandem.segmentDrawnSlices(${JSON.stringify(options)}))`,
            );
          };
          const wanted = await segmentDrawnSlices();
          assert(new Set(wanted.maps.stn).size > 1000);
          assertEquals(await segmented("/shared/"), wanted);
          assertEquals(await segmented("/alone/"), { ...wanted, threads: 1, sharedMemory: false });
          const plain = await segmentDrawnSlices({ relaxedSimd: false });
          assert(plain.maps.stn.join() !== wanted.maps.stn.join());
          assertEquals(await segmented("/shared/", { relaxedSimd: false }), plain);
        });
      } finally {
        await server.shutdown();
      }
    }),
});
