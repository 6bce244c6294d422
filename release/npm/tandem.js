#!/usr/bin/env node
/** Starts the command line under Deno, which npm has brought along. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The program of the package `@deno/…` for this system, on which the package `deno` depends; or its own. */
function findDeno() {
  const family = process.platform === "linux" ? "-glibc" : "";
  const name = process.platform === "win32" ? "deno.exe" : "deno";
  try {
    const home = createRequire(import.meta.url).resolve("deno/package.json");
    const own = `@deno/${process.platform}-${process.arch}${family}/package.json`;
    for (const place of [() => createRequire(home).resolve(own), () => home]) {
      try {
        const path = join(dirname(place()), name);
        if (existsSync(path)) return path;
      } catch { /* of another system */ }
    }
  } catch { /* left out by `npm install --omit=optional` */ }
  return undefined;
}

const deno = findDeno();
if (deno === undefined) {
  console.error(
    `Cannot start tandem: no Deno is installed for ${process.platform}-${process.arch}; where there is ` +
      "one, npm install without --omit=optional brings it",
  );
  process.exit(1);
}
const main = fileURLToPath(new URL("../cli/main.js", import.meta.url));
const child = spawn(deno, [
  "run",
  "-A",
  "--node-modules-dir=manual",
  main,
  ...process.argv.slice(2),
], {
  stdio: "inherit",
  env: { DENO_NO_UPDATE_CHECK: "1", ...process.env },
});
// A terminal tells Ctrl-C to the whole group; TERM and HUP come to this process alone, and go on.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(`Cannot start tandem: ${error.message}`);
  process.exit(1);
});
child.on("exit", (code, signal) => {
  process.exit(code ?? 128 + (constants.signals[signal ?? "SIGTERM"] ?? 0));
});
