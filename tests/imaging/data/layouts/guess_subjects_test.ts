import { assertEquals } from "../../../deps.ts";
import { guessNotice, guessSubjects } from "../../../../lib/imaging/data/layouts/guess_subjects.ts";

const guessed = (...paths: string[]) =>
  guessSubjects(paths).map(({ subject, frame, id }) => `${subject} ${frame} ${id}`);

Deno.test("guessSubjects() takes what tells frames apart from the end of a name, and numbers for subjects", () => {
  assertEquals(guessed("patient001_frame01.nii.gz", "patient001_frame12.nii.gz"), [
    "patient001 frame01 patient001_frame01",
    "patient001 frame12 patient001_frame12",
  ]);
  assertEquals(guessed("A_sa_ED.nii", "B_sa_ES.nii"), ["A_sa ED A_sa_ED", "B_sa ES B_sa_ES"]);
  assertEquals(guessed("hippocampus_001.nii.gz", "hippocampus_003.nii.gz"), [
    "hippocampus_001 1 hippocampus_001",
    "hippocampus_003 1 hippocampus_003",
  ]);
  assertEquals(guessed("sub-01_ses-1_run-2_T1w.nii.gz", "sub-02_T1w.nii.gz"), [
    "sub-01 ses-1_run-2 sub-01_ses-1_run-2",
    "sub-02 1 sub-02",
  ]);
  assertEquals(guessed("p1_frame01_0000.nii.gz", "p1_frame02_0000.nii.gz"), [
    "p1 frame01 p1_frame01",
    "p1 frame02 p1_frame02",
  ]);
  assertEquals(guessed("p1_visit2_ED", "ED"), ["p1 visit2_ED p1_visit2_ED", "ED 1 ED"]);
});

Deno.test("guessSubjects() goes by folders where file names recur in them", () => {
  assertEquals(guessed("P1/ED.nii", "P1/ES.nii", "P2/ED.nii"), [
    "P1 ED P1_ED",
    "P1 ES P1_ES",
    "P2 1 P2",
  ]);
  assertEquals(guessed("raw/P1/day1/t.nii", "raw/P1/day2/t.nii", "raw/P2/day1/t.nii"), [
    "P1 day1_t P1_day1_t",
    "P1 day2_t P1_day2_t",
    "P2 day1 P2_day1",
  ]);
  assertEquals(guessed("siteA/001.nii", "siteB/002.nii"), ["001 1 001", "002 1 002"]);
});

Deno.test("guessNotice() tells whether images were brought together", () => {
  const tell = (...paths: string[]) => guessNotice(guessSubjects(paths), "say otherwise");
  assertEquals(
    tell("a_ED", "a_ES", "b_ED"),
    "nothing says whose an image is: images of one stem, or of one folder, are one subject: " +
      "3 images of 2 subjects (say otherwise)",
  );
  assertEquals(tell("a", "b").includes("each image is a subject of its own"), true);
});
