import { assertEquals, assertThrows } from "../deps.ts";
import { importedBy, withBareNames, withJsNames } from "../../release/sources.ts";

Deno.test("withBareNames() turns pinned packages into names that Node resolves", () => {
  const found = new Map<string, string>();
  const text = `export * from "npm:zod@4.6.7";
import a from "npm:@niivue/dcm2niix@1.2.0";
const FOLDER = 'npm:@tensorflow/tfjs-backend-wasm@4.22.0/wasm-out/';`;
  assertEquals(
    withBareNames(text, found),
    `export * from "zod";
import a from "@niivue/dcm2niix";
const FOLDER = '@tensorflow/tfjs-backend-wasm/wasm-out/';`,
  );
  assertEquals([...found], [
    ["zod", "4.6.7"],
    ["@niivue/dcm2niix", "1.2.0"],
    ["@tensorflow/tfjs-backend-wasm", "4.22.0"],
  ]);
  assertThrows(
    () => withBareNames('"npm:zod@4.0.0"', found),
    Error,
    "pinned to 4.6.7 and to 4.0.0",
  );
});

Deno.test("withJsNames() turns the names of modules, whatever loads them, and no others", () => {
  const text = `import { a } from "./a.ts";
import * as kernels from "./kernels.wasm";
const late = "../deps/vega.ts", worker = new URL("./worker.tsx", import.meta.url);
const other = "page.tsx", binary = new URL("./kernels.wasm", import.meta.url);`;
  assertEquals(
    withJsNames(text),
    `import { a } from "./a.js";
import * as kernels from "./kernels.wasm.js";
const late = "../deps/vega.js", worker = new URL("./worker.js", import.meta.url);
const other = "page.tsx", binary = new URL("./kernels.wasm", import.meta.url);`,
  );
});

Deno.test("importedBy() follows imports, late ones and workers, all the way down", () => {
  const source = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });
  const sources = [
    source("lib/a.ts", 'import "./b.ts"; const late = "../wasm/c.ts";'),
    source("lib/b.ts", 'new Worker(new URL("./a.ts", import.meta.url));'),
    source("wasm/c.ts", ""),
    source("lib/d.ts", 'import "./a.ts";'),
  ];
  assertEquals([...importedBy(sources, ["lib/a.ts"])].sort(), [
    "lib/a.ts",
    "lib/b.ts",
    "wasm/c.ts",
  ]);
});
