import { square } from "../../../../lib/base/volume/slice_size.ts";
import { assert, assertEquals, assertThrows } from "../../../deps.ts";
import { BatchSampler } from "../../../../lib/imaging/data/batches/batch_sampler.ts";
import { slicedCase } from "../../../../lib/imaging/data/preparation/sliced_case.ts";
import { prepareCase } from "../../../../lib/imaging/data/preparation/prepare_case.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { tinyHeart } from "../tiny_heart.ts";

const CASES = await Promise.all(
  ["p1", "p2", "p3"].map((id) =>
    prepareCase(tinyHeart(undefined, id).source, { size: square(16), spacing: 2.5 })
  ),
);
const rng = () => RandomStream.fromSeed(11);

Deno.test("BatchSampler.batchAt() depends on epoch and index alone", () => {
  const a = new BatchSampler(CASES, { batchSize: 8 }, rng());
  const b = new BatchSampler(CASES, { batchSize: 8 }, rng());
  const first = [a.batchAt(0, 0), a.batchAt(0, 2), a.batchAt(3, 1)];
  assertEquals([b.batchAt(3, 1), b.batchAt(0, 2), b.batchAt(0, 0)], first.reverse());
  assert(a.batchAt(0, 0).images.some((value, n) => value !== a.batchAt(1, 0).images[n]));
});

Deno.test("BatchSampler asks for pending cases when a batch shows them, as casesOf() tells", () => {
  for (const originals of ["same", "others"] as const) {
    const options = { batchSize: 4, originals };
    const eager = new BatchSampler(CASES, options, rng());
    const asked = new Set<string>();
    const pending = CASES.map((prepared) => ({
      ...{ id: prepared.id, slices: prepared.slices, height: 16, width: 16 },
      prepared: () => (asked.add(prepared.id), slicedCase(prepared)),
    }));
    const sampler = new BatchSampler(pending, options, rng());
    const told = sampler.casesOf(1, 3);
    assertEquals([...asked], []);
    assertEquals(sampler.batchAt(1, 3), eager.batchAt(1, 3));
    assertEquals([...asked].sort(), told.sort());
    for (let index = 0; index < 5; index++) {
      assertEquals(sampler.batchAt(0, index), eager.batchAt(0, index));
    }
    assertEquals([...asked].sort(), CASES.map(({ id }) => id));
  }
});

Deno.test("BatchSampler gives augmented slices, then the same slices as they are", () => {
  const sampler = new BatchSampler(CASES, { batchSize: 4 }, rng());
  const { images, labels, ids, batch, height } = sampler.batchAt(0, 1);
  assertEquals([batch, height, images.length, labels.length], [4, 16, 1024, 1024]);
  assertEquals(ids.slice(0, 2), ids.slice(2));
  for (let n = 0; n < 2; n++) {
    const [id, slice] = ids[n]!.split("#") as [string, string];
    const source = CASES.find((prepared) => prepared.id === id)!;
    const at = 256 * Number(slice);
    const original = 256 * (n + 2);
    assertEquals(images.slice(original, original + 256), source.images.slice(at, at + 256));
    assertEquals(labels.slice(original, original + 256), source.labels!.slice(at, at + 256));
    const augmented = images.slice(256 * n, 256 * (n + 1));
    assert(augmented.some((value, p) => value !== images[original + p]));
    assertEquals([Math.min(...augmented), Math.max(...augmented)], [0, 1]);
  }
});

Deno.test("BatchSampler can show other slices as they are, each still once an epoch", () => {
  const options = { batchSize: 4, originals: "others", emptySlices: "keep" } as const;
  const sampler = new BatchSampler(CASES, options, rng());
  const originals: string[] = [];
  for (let index = 0; index < sampler.batchesPerEpoch; index++) {
    const { ids, batch, images } = sampler.batchAt(0, index);
    for (let n = batch / 2; n < batch; n++) {
      assert(ids[n] !== ids[n - batch / 2]);
      const [id, slice] = ids[n]!.split("#") as [string, string];
      const source = CASES.find((prepared) => prepared.id === id)!;
      const at = 256 * Number(slice);
      assertEquals(images.slice(256 * n, 256 * (n + 1)), source.images.slice(at, at + 256));
      originals.push(ids[n]!);
    }
  }
  assertEquals(new Set(originals).size, sampler.sliceCount);
  assert(originals.includes("p1_ED#0"), "slice 0 has no foreground and is kept");
});

Deno.test("BatchSampler shows every slice once an epoch, empty ones replaced within their volume", () => {
  const sampler = new BatchSampler(CASES, { batchSize: 4, policy: [] }, rng());
  assertEquals([sampler.sliceCount, sampler.batchesPerEpoch], [9, 5]);
  assertEquals(sampler.batchAt(0, 4).batch, 2);
  const count = new Map<string, number>();
  for (let index = 0; index < 5; index++) {
    const { ids, batch } = sampler.batchAt(0, index);
    for (const id of ids.slice(0, batch / 2)) count.set(id, (count.get(id) ?? 0) + 1);
  }
  // Slice 0 of each volume has no foreground: another takes its place.
  for (const id of ["p1_ED", "p2_ED", "p3_ED"]) {
    assertEquals(count.has(`${id}#0`), false);
    assertEquals(count.get(`${id}#1`)! + count.get(`${id}#2`)!, 3);
  }
});

Deno.test("BatchSampler can leave originals scaled by volume", () => {
  const { field, ...rest } = CASES[0]!;
  const dim = { ...rest, field: { ...field, images: field.images.map((value) => value / 2) } };
  const brightest = (normaliseOriginals: boolean) => {
    const sampler = new BatchSampler([dim], { batchSize: 2, normaliseOriginals }, rng());
    return Math.max(...sampler.batchAt(0, 0).images.subarray(256));
  };
  assertEquals(brightest(true), 1);
  assert(brightest(false) > 0.4 && brightest(false) <= 0.5);
});

Deno.test("BatchSampler refuses cases and numbers that make no batch", () => {
  const make = (cases: typeof CASES, batchSize = 4) =>
    new BatchSampler(cases, { batchSize }, rng());
  assertThrows(() => make(CASES, 5), RangeError, "batch size is 5");
  assertThrows(() => make([]), RangeError, "no case");
  const { labels: _, ...unlabelled } = CASES[0]!;
  assertThrows(() => make([unlabelled]), TypeError, "p1_ED has no label");
  const sliced = slicedCase(unlabelled);
  const pending = { id: "p1_ED", ...square(16), slices: 3, prepared: () => sliced };
  const sampler = new BatchSampler([pending], { batchSize: 4 }, rng());
  assertThrows(() => sampler.batchAt(0, 0), TypeError, "p1_ED has no label");
  const other = { ...pending, slices: 4, prepared: () => slicedCase(CASES[0]!) };
  const changed = new BatchSampler([other], { batchSize: 4 }, rng());
  assertThrows(() => changed.batchAt(0, 0), TypeError, "p1_ED has 3 slices, wanted 4");
  assertThrows(() => sampler.casesOf(0, 2), RangeError, "index is 2");
  assertThrows(() => make([CASES[0]!, CASES[0]!]), TypeError, "there twice");
  assertThrows(
    () => make([CASES[0]!, { ...CASES[1]!, height: 32 }]),
    TypeError,
    "has size 32 x 16",
  );
  assertThrows(() => make(CASES).batchAt(0, 5), RangeError, "index is 5");
  assertThrows(() => make(CASES).batchAt(-1, 0), RangeError, "epoch is -1");
});

Deno.test("BatchSampler spoils the augmented half with artifacts, by stream", () => {
  const artifacts = { chain: [{ artifact: "noise", severity: 5 }] } as const;
  const options = { batchSize: 4, policy: [] } as const;
  const plain = new BatchSampler(CASES, options, rng()).batchAt(0, 1);
  const spoilt = new BatchSampler(CASES, { ...options, artifacts }, rng()).batchAt(0, 1);
  const again = new BatchSampler(CASES, { ...options, artifacts }, rng()).batchAt(0, 1);
  assertEquals(spoilt, again);
  assertEquals(spoilt.labels, plain.labels);
  const half = spoilt.images.length / 2;
  assert(spoilt.images.slice(0, half).some((value, n) => value !== plain.images[n]));
  assertEquals(spoilt.images.slice(half), plain.images.slice(half));
  assert(spoilt.images.every((value) => value >= 0 && value <= 1));
});

Deno.test("BatchSampler shows crops of whole slices, half of them around foreground", async () => {
  const { source, label } = tinyHeart();
  const corner = label.data.map((_, n) => n % 480 === 0 ? 1 : 0);
  const { images } = await source.load();
  const loaded = { images, label: { ...label, data: corner } };
  const whole = await prepareCase({ ...source, load: () => Promise.resolve(loaded) }, {
    size: square(16),
    spacing: 0.5,
    larger: "tiles",
  });
  assert(whole.width > 64);
  const sampler = new BatchSampler([whole], { batchSize: 2, crop: square(16), policy: [] }, rng());
  let shown = 0;
  for (let epoch = 0; epoch < 40; epoch++) {
    const batch = sampler.batchAt(epoch, 0);
    assertEquals([batch.height, batch.width, batch.images.length], [16, 16, 512]);
    assertEquals(batch, sampler.batchAt(epoch, 0));
    for (const half of [0, 1]) {
      if (batch.labels.subarray(256 * half, 256 * (half + 1)).includes(1)) shown++;
    }
  }
  assert(shown > 25 && shown < 60, `${shown} of 80 crops show the one foreground pixel`);
});

Deno.test("BatchSampler moves all channels alike, and puts them last", async () => {
  const { source } = tinyHeart();
  const { images: [image], label } = await source.load();
  const loaded = { images: [image, image] as const, label: label! };
  const two = await prepareCase({ ...source, load: () => Promise.resolve(loaded) }, {
    size: square(16),
  });
  const { images, channels } = new BatchSampler([two], { batchSize: 2 }, rng()).batchAt(0, 0);
  assertEquals([channels, images.length], [2, 2 * 2 * 256]);
  for (let n = 0; n < images.length; n += 2) assertEquals(images[n], images[n + 1]);
});
