/** A setting's value as it is written after `--set KEY=`; `unset` where there is none. */
export function settingText(value: unknown): string {
  if (value === undefined) return "unset";
  if (typeof value === "string") return value;
  if (isSize(value)) return `${value.height}x${value.width}`;
  return JSON.stringify(value);
}

function isSize(value: unknown): value is { height: number; width: number } {
  return value !== null && typeof value === "object" &&
    Object.keys(value).sort().join() === "height,width";
}
