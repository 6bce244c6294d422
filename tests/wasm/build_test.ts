import { assert, assertEquals } from "../deps.ts";
import { argumentsFile, BUILDS, compileKernels } from "../../wasm/build.ts";

for (const [name, build] of Object.entries(BUILDS)) {
  Deno.test(`compileKernels() gives the committed bytes of ${name}`, async () => {
    const committed = await Deno.readFile(new URL(`../../wasm/${name}`, import.meta.url));
    const compiled = await compileKernels(build);
    assert(
      compiled.length === committed.length && compiled.every((byte, i) => byte === committed[i]),
      `wasm/${name} is not what its sources give: run deno task build:wasm`,
    );
  });
}

Deno.test("wasm/kernels/arguments.ts is what the declaration of the arguments gives", async () => {
  const committed = await Deno.readTextFile(argumentsFile.url);
  assertEquals(committed, argumentsFile.text(), "run deno task build:wasm");
});
