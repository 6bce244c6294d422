/** Which of the subjects that are scored a run has seen while it was trained. */
import type { KnownContent } from "../../formats/run_folder/contents.ts";
import type { SeenSubject } from "../../formats/run_folder/evaluation.ts";

/** What is known of the cases that a run trained and validated on. */
export interface KnownSubjects {
  /** By their voxels; fewer than all, or none, where the run did not keep them. */
  readonly contents: readonly KnownContent[];
  /** By their names, which hold within the run's own data set alone. */
  readonly division: {
    readonly train: readonly string[];
    readonly validation: readonly string[];
  };
}

/** A case that is scored. */
export interface ScoredCase {
  readonly set: string;
  readonly subject: string;
  /** Of its voxels; see `imageContent`. */
  readonly content: string;
  /** Whether it is of the run's own data set. */
  readonly own: boolean;
}

/** The subjects that were trained or validated on, each once a set: by voxels, else by name. */
export function seenSubjects(
  scored: readonly ScoredCase[],
  { contents, division }: KnownSubjects,
): SeenSubject[] {
  const byContent = new Map(
    // Of equal images, the one that was trained on counts.
    contents.filter(({ part }) => part !== "test")
      .toSorted((a, b) => +(b.part === "validation") - +(a.part === "validation"))
      .map((known) => [known.image, known]),
  );
  const found = new Map<string, SeenSubject>();
  for (const { set, subject, content, own } of scored) {
    const key = JSON.stringify([set, subject]), before = found.get(key);
    const known = byContent.get(content);
    const part = own &&
      (["train", "validation"] as const).find((part) => division[part].includes(subject));
    const seen: SeenSubject | undefined = known !== undefined && known.part !== "test"
      ? { set, subject, part: known.part, by: "voxels", as: known.subject }
      : part
      ? { set, subject, part, by: "name", as: subject }
      : undefined;
    if (seen && (before === undefined || before.part === "validation" && seen.part === "train")) {
      found.set(key, seen);
    }
  }
  return [...found.values()];
}

/** What a person should know of subjects that were seen, a line a set. */
export function seenNotices(seen: readonly SeenSubject[]): string[] {
  return [...Map.groupBy(seen, ({ set }) => set)].map(([set, own]) => {
    const named = (part: SeenSubject["part"], what: string) => {
      const subjects = own.filter((subject) => subject.part === part);
      if (subjects.length === 0) return [];
      const names = subjects.map(({ subject, by, as }) =>
        as === subject ? subject : `${subject} (its ${by} are ${as}'s)`
      );
      return [`was ${what} on ${names.join(", ")}`];
    };
    const text = [...named("train", "trained"), ...named("validation", "validated")];
    return `${set}: the run ${text.join(" and ")}, so scores of these, and of sets made of them, ` +
      "are not those of new subjects";
  });
}
