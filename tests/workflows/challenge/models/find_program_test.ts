import { assertEquals } from "../../../deps.ts";
import { findProgram } from "../../../../lib/workflows/challenge/models/find_program.ts";

Deno.test("findProgram() looks at paths, and through PATH", async () => {
  assertEquals(await findProgram(Deno.execPath()), true);
  assertEquals(await findProgram("/no/such/program"), false);
  assertEquals(await findProgram("0"), false);
  assertEquals(await findProgram(Deno.build.os === "windows" ? "cmd" : "sh"), true);
});
