import {
  lastLoaded,
  makeUnrecorded,
  planSuite,
  type SuiteItem,
} from "../../imaging/artifacts/suites/make_suite.ts";
import { SUITES } from "../../imaging/artifacts/suites/suite_definition.ts";
import type { CaseSource, LoadedCase } from "../../imaging/data/cases/case_source.ts";
import type { RoleLabel } from "../../imaging/artifacts/needs.ts";
import { type NiftiImage, withVoxels } from "../../formats/nifti/nifti_image.ts";
import type { Volume } from "../../base/volume/volume.ts";

/** Cases whose voxels are kept between the sets; more would fill the memory. */
const MAX_KEPT = 16;

/**
 * The artifact sets of Chen et al. (MICCAI 2021), made in memory when a case is loaded: RandBias,
 * RandSpike, RandGhost and RandMotion, one volume of each case. The seed is 0, so that they are the
 * first repeats of what `writeSuite` writes.
 *
 * @param sources Clean cases.
 * @param labels What the classes of their label maps are.
 */
export function artifactSets(
  sources: readonly CaseSource[],
  labels: readonly RoleLabel[],
): Map<string, CaseSource[]> {
  const plan = planSuite(SUITES.chen2021, remembering(sources), { seed: 0, repeats: 1, labels });
  const sets = new Map<string, CaseSource[]>();
  for (const item of plan) {
    const source = sources.find(({ id }) => id === item.source.id)!;
    sets.set(item.set.name, [
      ...sets.get(item.set.name) ?? [],
      corruptedCase(source, item, labels),
    ]);
  }
  return sets;
}

/** The case with an artifact in place of its own volume. */
export function corruptedCase(
  source: CaseSource,
  item: SuiteItem,
  labels: readonly RoleLabel[],
): CaseSource {
  return {
    ...source,
    async load(): Promise<LoadedCase> {
      const loaded = await item.source.load() as LoadedCase;
      const known = { ...item.source, load: () => Promise.resolve(loaded) };
      // The draws are the item's own, so that the anatomy moves alike in all channels.
      const made = await Promise.all(loaded.images.map(async (image, channel) => {
        const input = await lastLoaded(labels, channel)(known, item.otherFrame);
        return { image, ...makeUnrecorded(item, input) };
      }));
      const images = made.map(({ image, volume }) => withVoxels(image, volume.data));
      const [{ label }] = made as [typeof made[number]];
      return {
        images: images as [NiftiImage, ...NiftiImage[]],
        ...label ? { label: label as Volume<Uint8Array> } : {},
      };
    },
  };
}

/** The cases, each read once while there are few of them. */
export function remembering(sources: readonly CaseSource[]): CaseSource[] {
  const kept = new Map<string, ReturnType<CaseSource["load"]>>();
  return sources.map((source) => ({
    ...source,
    load() {
      const loaded = kept.get(source.id) ?? source.load();
      if (kept.size < MAX_KEPT) kept.set(source.id, loaded);
      return loaded;
    },
  }));
}
