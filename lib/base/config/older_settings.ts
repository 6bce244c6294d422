/**
 * The settings of a run of an earlier version in today's terms: classes and channels follow from what
 * is segmented. All else is left as it is.
 *
 * @param value What a run folder's `config.json` holds, checked or not.
 */
export function withoutOlderSettings<T>(value: T): T {
  if (!isObject(value)) return value;
  const { model } = value;
  if (!isObject(model)) return value;
  return { ...value, model: without(model, ["classes", "inputChannels"]) };
}

function without(section: Readonly<Record<string, unknown>>, keys: readonly string[]) {
  return Object.fromEntries(Object.entries(section).filter(([key]) => !keys.includes(key)));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
