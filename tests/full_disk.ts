/** A disk that is full for files of some names. */

/**
 * Has what is written to a file of this name meet a full disk, until disposed of: the file itself is
 * reached by a passing neighbour, which leads to `/dev/full`.
 */
export function fullDisk(name: string): Disposable {
  const { open } = Deno;
  Deno.open = (path, options) =>
    new RegExp(`[.]${name.replaceAll(".", "[.]")}[.][^/]*[.]tmp$`).test(String(path))
      ? open("/dev/full", { write: true })
      : open(path, options);
  return { [Symbol.dispose]: () => void (Deno.open = open) };
}
