import type { PartialConfig, ResolvedConfig } from "../../base/config/config_schema.ts";
import { parseConfig } from "../../base/config/parse_config.ts";
import { METHODS } from "../../learning/baselines/registry.ts";
import type { Method } from "../../learning/baselines/method.ts";

/** The method whose settings a configuration has; of several the one that sets most. */
export function methodOf(
  { method, data }: Pick<ResolvedConfig, "method" | "data">,
): Method | undefined {
  let found: Method | undefined, most = 0;
  for (const candidate of METHODS) {
    const wanted = leavesOf(candidate.settings), own = new Map(leavesOf(method));
    if (!hasArtifacts(candidate, data)) continue;
    if (wanted.length > most && wanted.every(([key, value]) => own.get(key) === value)) {
      [found, most] = [candidate, wanted.length];
    }
  }
  return found;
}

/** Whether a configuration has the artifacts of a method, if that has some. */
function hasArtifacts({ artifacts }: Method, data: ResolvedConfig["data"]): boolean {
  if (artifacts === undefined) return true;
  // with the defaults that a configuration fills in
  const wanted = parseConfig({ data: { artifacts } } as PartialConfig).data.artifacts;
  return JSON.stringify(data.artifacts) === JSON.stringify(wanted);
}

/** Every single setting with its path, the values as JSON. */
function leavesOf(value: object, path = ""): [string, string][] {
  return Object.entries(value).flatMap(([key, own]) =>
    own !== null && typeof own === "object" && !Array.isArray(own)
      ? leavesOf(own, `${path}${key}.`)
      : [[path + key, JSON.stringify(own)] as [string, string]]
  );
}
