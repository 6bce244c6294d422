import { changelogSections } from "./changelog.ts";

/** What a release is checked by before anything runs. */
export interface ReleaseFacts {
  /** As deno.json has it. */
  readonly version: string;
  /** CHANGELOG.md. */
  readonly changelog: string;
  /** CITATION.cff. */
  readonly citation: string;
  /** Lines of `git status --porcelain`. */
  readonly changed: readonly string[];
  /** Tags that there are. */
  readonly tags: readonly string[];
}

/** Numbers of a version, and what comes before it is whole (https://semver.org). */
const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)(\.(0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*))*)?$/;

/** All that stands in the way of a release, a sentence each. */
export function releaseProblems(
  { version, changelog, citation, changed, tags }: ReleaseFacts,
): string[] {
  const sections = changelogSections(changelog);
  const section = sections.find((one) => one.version === version);
  const open = sections.find((one) => one.version === "Unreleased");
  const cited = /^version: (.+)$/m.exec(citation)?.[1];
  const released = /^date-released: "?([\d-]+)"?$/m.exec(citation)?.[1];
  const problems: (string | false)[] = [
    !SEMVER.test(version) && `deno.json: version is ${version}, wanted one as 1.2.3 or 1.2.3-rc.1`,
    tags.includes(`v${version}`) &&
    `tag v${version} is there already: deno.json wants a new version`,
    changed.length > 0 &&
    `the working tree is not clean: ${changed.slice(0, 5).map((line) => line.trim()).join(", ")}${
      changed.length > 5 ? ` and ${changed.length - 5} more` : ""
    }`,
    open !== undefined && open.text !== "" &&
    `CHANGELOG.md: something is Unreleased; wanted below "## ${version} - DATE"`,
    (section === undefined || section.text === "") &&
    `CHANGELOG.md: nothing is told of ${version}, wanted a section "## ${version} - DATE"`,
    section !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(section.date ?? "") &&
    `CHANGELOG.md: the date of ${version} is ${
      section.date ?? "missing"
    }, wanted one as 2026-11-23`,
    cited !== version && `CITATION.cff: version is ${cited}, wanted ${version}`,
    section?.date !== undefined && released !== section.date &&
    `CITATION.cff: date-released is ${released}, wanted ${section.date}`,
  ];
  return problems.filter((problem) => problem !== false);
}
