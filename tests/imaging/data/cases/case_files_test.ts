import { assert, assertEquals, assertRejects } from "../../../deps.ts";
import {
  contentDigest,
  filePlaces,
  textDigest,
} from "../../../../lib/imaging/data/cases/case_files.ts";
import { inFolder } from "../tiny_heart.ts";

Deno.test("contentDigest() tells bytes and how they are read, filePlaces() where they stand", () =>
  inFolder(async (dir) => {
    const [a, b] = [`${dir}/a`, `${dir}/b`];
    await Deno.writeTextFile(a, "same");
    await Deno.writeTextFile(b, "same");
    const digest = (path: string, reading: unknown = 1) =>
      contentDigest({ paths: [path], reading });
    assertEquals(await digest(a), await digest(b));
    assert(await digest(a) !== await digest(a, 2));
    const before = await filePlaces({ paths: [a], reading: 1 });
    assert(before.stamp !== (await filePlaces({ paths: [b], reading: 1 })).stamp);
    assert(!before.settled);
    await Deno.writeTextFile(a, "else");
    assert(await digest(a) !== await digest(b));
    await assertRejects(() => digest(`${dir}/none`), Deno.errors.NotFound);
    // SHA-256 of "abc" (FIPS 180-2, appendix B.1).
    assertEquals(
      await textDigest("abc"),
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  }));
