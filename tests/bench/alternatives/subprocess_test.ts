import { assertRejects } from "../../deps.ts";
import { runModule } from "./subprocess.ts";

Deno.test("runModule() says why a process failed", async () => {
  await assertRejects(() => runModule("no_such_module.ts", []), Error, "Module not found");
});
