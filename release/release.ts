/**
 * `deno task release` checks that the version of deno.json can be released, runs what a change must pass
 * and makes the packages, and sets the tag v1.2.3; with `--dry-run` all but the tag. The tag is pushed by
 * hand, and `.github/workflows/release.yml` does the rest.
 *
 * `--check-tag v1.2.3` only checks that a tag fits, `--notes` only prints what the changelog tells.
 */
import { parseArgs } from "node:util";
import project from "../deno.json" with { type: "json" };
import { changelogSections } from "./changelog.ts";
import { releaseProblems } from "./release_problems.ts";
import { runProgram } from "./run_program.ts";
import { ROOT } from "./sources.ts";
import { fromFileUrl } from "../lib/base/deps/std.ts";

/** What has to pass, as words of Deno. */
const CHECKS = [
  ["task", "ok"],
  ["publish", "--dry-run"],
  ["task", "npm", "--check"],
] as const;

const { values } = parseArgs({
  options: {
    "dry-run": { type: "boolean", default: false },
    "check-tag": { type: "string" },
    notes: { type: "boolean", default: false },
  },
});
const { version } = project, tag = `v${version}`;
const cwd = fromFileUrl(ROOT);
const read = (name: string) => Deno.readTextFile(new URL(name, ROOT));
const changelog = await read("CHANGELOG.md");

if (values.notes) {
  console.log(changelogSections(changelog).find((one) => one.version === version)?.text ?? "");
  Deno.exit(0);
}

const lines = async (...words: string[]) => {
  const { stdout } = await runProgram("git", words, { cwd });
  return stdout.split("\n").filter((line) => line !== "");
};
const isTagged = values["check-tag"] !== undefined;
const problems = releaseProblems({
  ...{ version, changelog, citation: await read("CITATION.cff") },
  changed: await lines("status", "--porcelain"),
  tags: isTagged ? [] : await lines("tag", "--list"),
});
if (isTagged && values["check-tag"] !== tag) {
  problems.push(`the tag is ${values["check-tag"]}, deno.json wants ${tag}`);
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error(`Cannot release ${version}: ${problems.length} to mend`);
  Deno.exit(1);
}
if (isTagged) Deno.exit(0);

for (const words of CHECKS) {
  console.log(`$ deno ${words.join(" ")}`);
  const { code } = await new Deno.Command(Deno.execPath(), {
    ...{ args: [...words], cwd: ROOT, stdout: "inherit", stderr: "inherit" },
  }).output();
  if (code === 0) continue;
  console.error(`Cannot release ${version}: deno ${words.join(" ")} ended with code ${code}`);
  Deno.exit(1);
}
if (values["dry-run"]) console.log(`${tag} can be released; nothing was tagged`);
else {
  await runProgram("git", ["tag", "--annotate", tag, "--message", `Tandem ${version}`], { cwd });
  console.log(`tagged ${tag}; git push origin ${tag} releases it`);
}
