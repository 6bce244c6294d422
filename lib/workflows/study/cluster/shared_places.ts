import { realPlace } from "../../../formats/files/real_place.ts";

/** File systems of a single machine; what is not known is believed to be shared. */
const LOCAL =
  /^(ext[234]|xfs|btrfs|zfs|tmpfs|ramfs|overlay|squashfs|f2fs|jfs|vfat|exfat|ntfs3?|iso9660|devtmpfs|rootfs|fuse\.(snapfuse|squashfuse|fuse-overlayfs)|apfs|hfs)$/;

/** A place that other machines may not see. */
export interface LocalPlace {
  /** What it is, as "the data set". */
  readonly what: string;
  readonly path: string;
  /** The file system that it lies on. */
  readonly system: string;
}

/**
 * The places that lie on file systems of this machine alone, as far as the system tells: others may
 * have the same files by the same paths all the same.
 *
 * @param places Paths by what they are.
 * @param mounts The text of `/proc/self/mountinfo`; read where it is not given.
 */
export async function localPlaces(
  places: Readonly<Record<string, string>>,
  mounts?: string,
): Promise<LocalPlace[]> {
  const table = mountsOf(mounts ?? await Deno.readTextFile("/proc/self/mountinfo").catch(() => ""));
  const found: LocalPlace[] = [];
  for (const [what, path] of Object.entries(places)) {
    const real = await realPlace(path).catch(() => path);
    const system = systemOf(real, table);
    if (system !== undefined && LOCAL.test(system)) found.push({ what, path, system });
  }
  return found;
}

interface Mount {
  readonly point: string;
  readonly system: string;
}

/** Lines are `36 35 98:0 /root /mnt rw,noatime master:1 - ext3 /dev/root rw`. */
function mountsOf(text: string): Mount[] {
  return text.split("\n").flatMap((line) => {
    const [before, after] = line.split(" - ");
    const point = before?.split(" ")[4], system = after?.split(" ")[0];
    if (point === undefined || system === undefined) return [];
    return [{ point: point.replaceAll(/\\(\d{3})/g, (_, octal) => octalCharacter(octal)), system }];
  });
}

function octalCharacter(octal: string): string {
  return String.fromCharCode(parseInt(octal, 8));
}

/** The file system of a path: that of the longest mount above it, the last of several there. */
function systemOf(path: string, mounts: readonly Mount[]): string | undefined {
  let best: Mount | undefined;
  for (const mount of mounts) {
    const inside = mount.point === "/" || path === mount.point ||
      path.startsWith(`${mount.point}/`);
    if (inside && mount.point.length >= (best?.point.length ?? 0)) best = mount;
  }
  return best?.system;
}
