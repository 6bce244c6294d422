import { assert, assertEquals } from "../../deps.ts";
import { fieldsOf, nodeAt, resolved, schemaTree } from "../../../lib/base/config/schema_tree.ts";

Deno.test("nodeAt() follows sections, sections that may be null, and entries of lists", () => {
  assertEquals(nodeAt([]), schemaTree());
  assertEquals(nodeAt(["model", "baseWidth"])?.maximum, 256);
  assertEquals(Object.keys(fieldsOf(nodeAt(["data", "bids"])!)!)[0], "image");
  assertEquals(nodeAt(["data", "labels", 3, "name"])?.type, "string");
});

Deno.test("nodeAt() finds nothing where nothing is", () => {
  for (const path of [["x"], ["constructor"], ["data", "__proto__"], ["data", 0], ["x", "y"]]) {
    assertEquals(nodeAt(path), undefined);
  }
});

Deno.test("resolved() follows a reference", () => {
  const recipe = schemaTree().properties!["data"]!.properties!["artifacts"]!.anyOf![0]!;
  assert(recipe.$ref !== undefined);
  assert(resolved(recipe).typeInWords!.includes("oneOf"));
});
