import { assert, assertEquals, assertThrows } from "../../deps.ts";
import { generateSubject, sampleSubject } from "../../../lib/imaging/phantom/generate_subject.ts";

async function digest(data: Int16Array | Uint8Array): Promise<string> {
  const bytes = new Uint8Array(data.buffer as ArrayBuffer);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash.slice(0, 6), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

Deno.test("generateSubject() gives frozen voxels, so that no change drifts in silence", async () => {
  const { frames } = generateSubject({ site: "C", index: 1, seed: 7 });
  const found = [];
  for (const frame of [frames.ED, frames.ES]) {
    found.push(await digest(frame.image.data), await digest(frame.label.data));
  }
  assertEquals(found, FROZEN);
});
const FROZEN: string[] = ["78f8ce3bf91c", "975f85142952", "a9e853775e7f", "8b1d8a7ac6b3"];

Deno.test("generateSubject() shows all classes at both phases of both storages", () => {
  for (const site of ["A", "D"] as const) {
    const { subject, acquisition, frames } = generateSubject({ site, index: 12, seed: 0 });
    assertEquals(subject, `${site}012`);
    for (const { image, label } of [frames.ED, frames.ES]) {
      assertEquals(image.shape, label.shape);
      assertEquals(image.affine, label.affine);
      assertEquals([...new Set(label.data)].sort(), [0, 1, 2, 3]);
      assert(image.data.every((value) => value >= 0));
      assertEquals(image.shape[2], acquisition.matrix[2]);
    }
  }
});

Deno.test("sampleSubject() makes no two subjects alike", () => {
  const seen = new Set<string>();
  for (const site of ["A", "B"] as const) {
    for (const index of [0, 1]) {
      for (const seed of [0, 1]) {
        seen.add(JSON.stringify(sampleSubject({ site, index, seed }).anatomy));
      }
    }
  }
  assertEquals(seen.size, 8);
});

Deno.test("sampleSubject() refuses an index that is no whole number", () => {
  assertThrows(() => sampleSubject({ site: "A", index: -1, seed: 0 }), RangeError, "index is -1");
  assertThrows(() => sampleSubject({ site: "A", index: 0.5, seed: 0 }), RangeError, "0.5");
});
