import { assert, assertEquals } from "../deps.ts";
import { Help } from "../../cli/deps/commander.ts";
import { helpItem } from "../../cli/help_item.ts";

const TEXT =
  "fast-thinking network alone, or refined by the slow one (default: stn where there is one)";

function item(width: number, text = TEXT): string[] {
  const help = new Help();
  help.helpWidth = width;
  return helpItem.call(help, "--network <name>", 23, text, help).split("\n");
}

Deno.test("helpItem() puts the meaning below where there is no room beside", () => {
  const lines = item(50);
  assertEquals([lines[0], lines[1]], [
    "  --network <name>",
    "      fast-thinking network alone, or refined by",
  ]);
  for (const line of lines) assert(line.length <= 50, line);
  assertEquals(lines.slice(1).map((line) => line.trim()).join(" "), TEXT);
  assertEquals(item(50, ""), ["  --network <name>"]);
});

Deno.test("helpItem() leaves the rest to Commander", () => {
  const help = new Help();
  help.helpWidth = 100;
  assertEquals(item(100), help.formatItem("--network <name>", 23, TEXT, help).split("\n"));
  for (const line of item(80)) assert(line.length <= 80, line);
});
