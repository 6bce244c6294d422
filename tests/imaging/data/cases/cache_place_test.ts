import { assertEquals } from "../../../deps.ts";
import { cachePlace } from "../../../../lib/imaging/data/cases/cache_place.ts";

Deno.test("cachePlace() is where each system keeps caches", () => {
  const on = (os: string, env: Record<string, string>) =>
    cachePlace({ os, env: (name) => env[name] });
  assertEquals(on("linux", { HOME: "/h" }), "/h/.cache/tandem/prepared");
  assertEquals(on("linux", { HOME: "/h", XDG_CACHE_HOME: "/x" }), "/x/tandem/prepared");
  assertEquals(on("linux", { HOME: "/h", XDG_CACHE_HOME: "" }), "/h/.cache/tandem/prepared");
  assertEquals(on("darwin", { HOME: "/h" }), "/h/Library/Caches/tandem/prepared");
  assertEquals(on("windows", { LOCALAPPDATA: "/l", HOME: "/h" }), "/l/tandem/prepared");
  for (const os of ["linux", "darwin", "windows"]) assertEquals(on(os, {}), undefined);
});

Deno.test({
  name: "cachePlace() names no place where it may not ask for one",
  permissions: { env: false },
  fn: () => assertEquals(cachePlace(), undefined),
});
