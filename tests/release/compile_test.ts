import { assert, assertEquals, assertRejects } from "../deps.ts";
import {
  checkRuntime,
  CompileError,
  compileWords,
  failureText,
  TARGETS,
} from "../../release/compile.ts";
import { hiddenModules, readSources } from "../../release/sources.ts";

Deno.test("checkRuntime() refuses a DENORT_BIN that is Deno, or none at all", async () => {
  await checkRuntime(undefined);
  await assertRejects(() => checkRuntime(Deno.execPath()), CompileError, "wanted a denort");
  await assertRejects(() => checkRuntime("/no/such"), CompileError, "DENORT_BIN /no/such");
});

Deno.test("failureText() says what Deno fetches and cannot reach, or its last lines", () => {
  const said =
    "Compile a\nerror: x\nCaused by:\n 1: error sending request for url (https://a/b.zip): dns";
  const text = failureText(TARGETS[0], said);
  assert(text.startsWith(`Cannot compile for ${TARGETS[0]}: Deno fetches https://a/b.zip`), text);
  assertEquals(failureText("t", "error: no space\n"), "Cannot compile for t: error: no space");
});

Deno.test("compileWords() includes what no import names", async () => {
  const hidden = hiddenModules(await readSources());
  // a worker, a late import, and none that an import names
  assert(hidden.includes("lib/imaging/data/preparation/worker.ts"));
  assert(hidden.includes("lib/base/deps/dcmjs.ts"));
  assert(!hidden.includes("lib/base/deps/zod.ts"));
  const words = compileWords("t", "out/tandem", hidden);
  assertEquals(words.filter((word) => word === "--include").length, hidden.length);
  assertEquals(words.slice(-3), ["--output", "out/tandem", "cli/main.ts"]);
});
