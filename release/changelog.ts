/** What CHANGELOG.md tells of a version. */

/** A section of the changelog. */
export interface ChangelogSection {
  /** A version, or "Unreleased". */
  readonly version: string;
  /** As 2026-11-23; absent of what is not released. */
  readonly date?: string;
  /** Its text without the heading. */
  readonly text: string;
}

/** All sections, the newest first. */
export function changelogSections(changelog: string): ChangelogSection[] {
  return changelog.split(/^## /m).slice(1).map((section) => {
    const [heading, ...lines] = section.split("\n");
    const [version, date] = heading!.trim().split(" - ");
    return { version: version!, ...date !== undefined && { date }, text: lines.join("\n").trim() };
  });
}
