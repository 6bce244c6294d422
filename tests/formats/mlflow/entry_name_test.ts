import { assert, assertEquals } from "../../deps.ts";
import { entryName } from "../../../lib/formats/mlflow/entry_name.ts";

Deno.test("entryName() keeps what MLflow takes, and leads nowhere else", () => {
  const names: Record<string, string> = {
    "loss/totalLoss": "loss/totalLoss",
    "data.size": "data.size",
    "test/site A/ftnDice LV": "test/site A/ftnDice LV",
    "test/M&Ms/Dice: x": "test/M_Ms/Dice_ x",
    "../../etc/passwd": "_/_/etc/passwd",
    "/a//b/./c": "_/a/_/b/_/c",
    "..hidden": "_hidden",
    " a . / b.": "_a_/_b_",
    "größe\n": "größe_",
    "": "_",
  };
  for (const [text, name] of Object.entries(names)) assertEquals(entryName(text), name);
  assert(entryName("x".repeat(999)).length <= 250);
});
