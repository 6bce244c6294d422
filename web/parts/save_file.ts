/// <reference lib="dom" />

/** Has the browser save bytes under a name. */
export function saveFile(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** What files that come of a scan begin with. */
export function stemOf(name: string): string {
  return name.split("/").at(-1)!.replace(/\.nii(\.gz)?$/i, "");
}
