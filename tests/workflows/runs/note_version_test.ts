import { assert, assertEquals } from "../../deps.ts";
import { runFolder } from "../../../lib/formats/run_folder/run_folder.ts";
import { readVersions, saveVersions } from "../../../lib/formats/run_folder/versions.ts";
import { noteVersion } from "../../../lib/workflows/runs/note_version.ts";
import { thisVersion } from "../../../lib/workflows/runs/this_version.ts";

Deno.test("noteVersion() adds a sitting where the version is another one, and tells it", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const folder = runFolder(dir), here = await thisVersion(), notices: string[] = [];
    const note = (step: number) => noteVersion(folder, step, (line) => void notices.push(line));
    const firstSteps = async () =>
      (await readVersions(folder.versions))!.map(({ sources, firstStep }) => [
        sources === here.sources ? "here" : sources,
        firstStep,
      ]);
    await note(0);
    await note(5);
    assertEquals([await firstSteps(), notices], [[["here", 0]], []]);
    await saveVersions(folder.versions, [{ ...here, sources: "other", firstStep: 0 }]);
    await note(5);
    assertEquals(await firstSteps(), [["other", 0], ["here", 5]]);
    assert(notices[0]!.includes("up to step 5, from there on by"), notices[0]);
    // from the start again: nothing of the others is left
    await note(0);
    assertEquals(await firstSteps(), [["here", 0]]);
    await Deno.remove(folder.versions);
    await note(7);
    assertEquals(await firstSteps(), [["here", 7]]);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
