import { assertEquals, assertStringIncludes } from "../../deps.ts";
import { seenNotices, seenSubjects } from "../../../lib/learning/evaluation/seen_subjects.ts";

const KNOWN = {
  contents: [
    { id: "001_ED", subject: "001", part: "train", image: "aa" },
    { id: "002_ED", subject: "002", part: "validation", image: "bb" },
    { id: "003_ED", subject: "003", part: "test", image: "cc" },
    // The same scan under two names.
    { id: "004_ED", subject: "004", part: "validation", image: "aa" },
  ],
  division: { train: ["001"], validation: ["002", "004"] },
} as const;

const scored = (subject: string, content: string, own = false, set = "site A") => ({
  ...{ subject, content, own, set },
});

Deno.test("seenSubjects() knows voxels anywhere, and names in the run's own data set alone", () => {
  const seen = seenSubjects([
    scored("x", "aa"),
    scored("001", "zz"),
    scored("002", "yy", true, "own"),
    scored("003", "cc", true, "own"),
  ], KNOWN);
  assertEquals(seen, [
    { set: "site A", subject: "x", part: "train", by: "voxels", as: "001" },
    { set: "own", subject: "002", part: "validation", by: "name", as: "002" },
  ]);
});

Deno.test("seenSubjects() tells a subject once, by what it was trained on", () => {
  const frames = [scored("y", "bb"), scored("y", "aa"), scored("y", "bb")];
  assertEquals(seenSubjects(frames, KNOWN).map(({ part, as }) => [part, as]), [["train", "001"]]);
});

Deno.test("seenNotices() names the subjects, and whose voxels they have", () => {
  const [line, ...others] = seenNotices(
    seenSubjects([scored("x", "aa"), scored("z", "bb")], KNOWN),
  );
  assertEquals(others, []);
  for (const text of ["site A", "trained on x (its voxels are 001's)", "validated on z"]) {
    assertStringIncludes(line!, text);
  }
  assertEquals(seenNotices([]), []);
});
