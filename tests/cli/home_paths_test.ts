import { assertEquals, assertThrows } from "../deps.ts";
import { UsageError } from "../../cli/exit_code.ts";
import { withHomePaths } from "../../cli/home_paths.ts";

Deno.test("withHomePaths() finds home where no shell does, and refuses other people's", () => {
  const home = Deno.env.get("HOME");
  Deno.env.set("HOME", "/home/me");
  try {
    const given = [
      "--output=~/x",
      "~",
      "data.dir=~/d",
      "B=~/b:mnms",
      "-o~/y",
      "a~b",
      "x/~/y",
      "--note=a ~/x",
    ];
    const wanted = [
      "--output=/home/me/x",
      "/home/me",
      "data.dir=/home/me/d",
      "B=/home/me/b:mnms",
      "-o/home/me/y",
    ];
    assertEquals(withHomePaths(given), [...wanted, ...given.slice(5)]);
    assertThrows(() => withHomePaths(["--output=~you/x"]), UsageError, "--output=~you/x");
    Deno.env.delete("HOME");
    assertThrows(() => withHomePaths(["~/x"]), UsageError, "which folder is home is unknown");
  } finally {
    if (home !== undefined) Deno.env.set("HOME", home);
  }
});
