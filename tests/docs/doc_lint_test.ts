/** Every public symbol and field has a doc comment, a type, and public types alone in its signature. */
import project from "../../deno.json" with { type: "json" };
import { assertEquals } from "../deps.ts";
import { ROOT } from "./documents.ts";

/** What `deno doc --lint` has against a place. */
interface Finding {
  readonly text: string;
  /** File, line and column. */
  readonly place: string;
}

/** The findings in what `deno doc --lint` prints. */
function findingsIn(printed: string): Finding[] {
  return printed.split(/^error\[/m).slice(1).map((block) => ({
    text: block.split("\n")[0]!.replace("]", ""),
    place: /^ *--> (.+)$/m.exec(block)?.[1] ?? "",
  }));
}

/** Whether a package's own types are meant: TensorFlow.js's and zod's stand among the exports. */
const isOfPackage = ({ place }: Finding) => /[\\/]npm[\\/]registry\.npmjs\.org[\\/]/.test(place);

const written = ({ text, place }: Finding) => `${text} at ${place}`;

Deno.test("findingsIn() tells what is found, and where", () => {
  const printed = `error[missing-jsdoc]: exported symbol is missing JSDoc documentation
  --> /here/lib/a.ts:6:12
   |
6  |   readonly id: string;
   |            ^


error[private-type-ref]: public type 'A' references private type 'B'
 --> /cache/npm/registry.npmjs.org/b/1.0.0/b.d.ts:7:1

error: Found 2 documentation lint errors.
`;
  const found = findingsIn(printed);
  assertEquals(found.map(written), [
    "missing-jsdoc: exported symbol is missing JSDoc documentation at /here/lib/a.ts:6:12",
    "private-type-ref: public type 'A' references private type 'B' at " +
    "/cache/npm/registry.npmjs.org/b/1.0.0/b.d.ts:7:1",
  ]);
  assertEquals(found.map(isOfPackage), [false, true]);
});

Deno.test("`deno doc --lint` finds nothing in what deno.json exports", async () => {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", ...Object.values(project.exports)],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  const printed = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  const found = findingsIn(printed);
  const ours = found.filter((finding) => !isOfPackage(finding)).map(written);
  assertEquals(ours, [], ours.join("\n"));
  // All were understood: of packages there are many, so that a run that failed is none without.
  const count = /Found (\d+) documentation lint errors/.exec(printed)?.[1];
  assertEquals(found.length, Number(count), printed.slice(-1000));
});
