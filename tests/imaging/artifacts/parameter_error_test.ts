import { assert, assertThrows } from "../../deps.ts";
import { z } from "../../../lib/base/deps/zod.ts";
import { checked } from "../../../lib/imaging/artifacts/parameter_error.ts";

Deno.test("checked() names a dozen of many faults, and counts the others", () => {
  const error = assertThrows(
    () => checked(z.object({ shifts: z.array(z.number()) }), { shifts: Array(500).fill("x") }, "y"),
    TypeError,
    'Cannot y: shifts.0 is "x", wanted number; shifts.1 is "x"',
  );
  assert(error.message.endsWith("and 488 more") && error.message.length < 1000, error.message);
});
