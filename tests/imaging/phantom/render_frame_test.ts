import { SITE_NAMES } from "../../../lib/names.ts";
import { assert, assertEquals } from "../../deps.ts";
import { sampleAcquisition } from "../../../lib/imaging/phantom/acquisition.ts";
import { sampleAnatomy } from "../../../lib/imaging/phantom/anatomy.ts";
import { type PhantomFrame, renderFrame } from "../../../lib/imaging/phantom/render_frame.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";

const anatomy = sampleAnatomy(RandomStream.fromSeed(11));

/** A scan of a few slices through the middle of the heart. */
function smallScan(site: (typeof SITE_NAMES)[number]) {
  const scan = sampleAcquisition(site, RandomStream.fromSeed(3));
  return { ...scan, matrix: [112, 112, 2] as const, heartMm: [0, 0] as const, firstSliceMm: 45 };
}

function means({ image, label }: PhantomFrame): number[] {
  const sums = [0, 0, 0, 0], counts = [0, 0, 0, 0];
  label.data.forEach((code, i) => {
    sums[code]! += image.data[i]!;
    counts[code]!++;
  });
  return sums.map((sum, code) => sum / counts[code]!);
}

Deno.test("renderFrame() shows blood bright and muscle dark at every site", () => {
  for (const site of SITE_NAMES) {
    const [, left, muscle, right] = means(renderFrame(anatomy, smallScan(site), "ED"));
    assert(left! > 1.5 * muscle! && right! > 1.4 * muscle!, `${site}: ${left} ${muscle} ${right}`);
  }
});

Deno.test("renderFrame() labels a closed ring of muscle around the left ventricle", () => {
  const { label } = renderFrame(anatomy, smallScan("C"), "ES");
  const [ni] = label.shape;
  let cavity = 0;
  label.data.forEach((code, i) => {
    if (code !== 1) return;
    cavity++;
    for (const step of [1, -1, ni, -ni]) assert([1, 2].includes(label.data[i + step]!));
  });
  assert(cavity > 100);
});

Deno.test("renderFrame() shares the chest between the phases but not the noise", () => {
  const scan = smallScan("A");
  const ed = renderFrame(anatomy, scan, "ED"), es = renderFrame(anatomy, scan, "ES");
  const count = (frame: PhantomFrame, code: number) =>
    frame.label.data.filter((c) => c === code).length;
  assert(count(es, 1) < count(ed, 1));
  assert(count(es, 3) < count(ed, 3));
  const back = (frame: PhantomFrame) => frame.image.data.slice(112 * 104, 112 * 112);
  assert(back(ed).some((value, i) => value !== back(es)[i]));
  const quiet = { ...scan, noise: 0 };
  assertEquals(
    back(renderFrame(anatomy, quiet, "ED")),
    back(renderFrame(anatomy, quiet, "ES")),
  );
});
