import { assertEquals } from "../../deps.ts";
import { unknownKey, unknownKeysText } from "../../../lib/base/config/unknown_key.ts";

Deno.test("unknownKey() suggests keys of this name, then near ones here, then near ones elsewhere", () => {
  const near = (path: string[], key: string) => unknownKey(path, key).near;
  assertEquals(near(["output"], "seed"), ["data.seed", "phantom.seed", "training.seed"]);
  assertEquals(near(["method"], "LEARNINGRATE"), ["optimizer.learningRate"]);
  assertEquals(near(["method", "imageMask"], "sofd"), ["method.imageMask.soft"]);
  assertEquals(near([], "learningrat"), ["optimizer.learningRate"]);
  assertEquals(near(["data", "size"], "height"), ["data.size"]);
  assertEquals(near([], "qwertyuiop"), []);
});

Deno.test("unknownKeysText() tells one key with what is known, several with suggestions", () => {
  const one = unknownKey(["output"], "picture"), other = unknownKey([], "qwertyuiop");
  assertEquals(
    unknownKeysText([one]),
    "unknown key output.picture; did you mean output.pictures? (known here: dir, pictures)",
  );
  assertEquals(
    unknownKeysText([one, other]),
    "unknown keys output.picture (did you mean output.pictures?), qwertyuiop",
  );
});
