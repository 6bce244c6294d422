import { assertEquals, assertStringIncludes } from "../deps.ts";
import { changelogSections } from "../../release/changelog.ts";
import { type ReleaseFacts, releaseProblems } from "../../release/release_problems.ts";

const GOOD: ReleaseFacts = {
  version: "1.2.0",
  changelog:
    "# Changelog\n\n## Unreleased\n\n## 1.2.0 - 2027-01-02\n\n- new\n\n## 1.1.0 - 2026-12-01\n\n- old\n",
  citation: 'version: 1.2.0\ndate-released: "2027-01-02"\n',
  changed: [],
  tags: ["v1.1.0"],
};

Deno.test("releaseProblems() finds nothing where all fits, and each thing that does not", () => {
  assertEquals(releaseProblems(GOOD), []);
  const one = (change: Partial<ReleaseFacts>, said: string) => {
    const problems = releaseProblems({ ...GOOD, ...change });
    assertEquals(problems.length, 1, problems.join("\n"));
    assertStringIncludes(problems[0]!, said);
  };
  one({ tags: ["v1.2.0"] }, "tag v1.2.0 is there already");
  one({ changed: [" M a", "?? b"] }, "not clean: M a, ?? b");
  one({ changelog: GOOD.changelog.replace("ed\n", "ed\n\n- more\n") }, "Unreleased");
  one({ changelog: GOOD.changelog.replace("- new", "") }, "nothing is told of 1.2.0");
  one({ citation: GOOD.citation.replace("1.2.0", "1.1.0") }, "version is 1.1.0, wanted 1.2.0");
  one({ citation: GOOD.citation.replace("01-02", "01-03") }, "2027-01-03, wanted 2027-01-02");
  const undated = releaseProblems({
    ...GOOD,
    changelog: GOOD.changelog.replace(" - 2027-01-02", ""),
  });
  assertStringIncludes(undated.join(), "the date of 1.2.0 is missing");
  for (const version of ["1.2", "v1.2.0", "1.02.0", "1.2.0-"]) {
    assertStringIncludes(releaseProblems({ ...GOOD, version }).join(), `version is ${version}`);
  }
});

Deno.test("changelogSections() tells versions, dates and texts", () => {
  assertEquals(changelogSections(GOOD.changelog), [
    { version: "Unreleased", text: "" },
    { version: "1.2.0", date: "2027-01-02", text: "- new" },
    { version: "1.1.0", date: "2026-12-01", text: "- old" },
  ]);
});
