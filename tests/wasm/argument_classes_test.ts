import { assertEquals } from "../deps.ts";
import { argumentClasses } from "../../wasm/argument_classes.ts";

Deno.test("argumentClasses() gives a class a kernel, its fields in the order of the words", () => {
  assertEquals(
    argumentClasses({
      fly: { wing: "pointer", tail: "optional", bytes: "bytes" },
      turnBack: { angle: "f32", left: "flag", times: "count", by: "i32" },
    }),
    `/** Written by \`deno task build:wasm\` from wasm/kernel_arguments.ts: change that one. */

/** What fly is told. */
@unmanaged
export class FlyArguments {
  wing: usize;
  tail: usize;
  bytes: usize;
}

/** What turnBack is told. */
@unmanaged
export class TurnBackArguments {
  angle: f32;
  left: i32;
  times: i32;
  by: i32;
}
`,
  );
});
