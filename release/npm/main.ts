/**
 * `deno task npm` writes the npm package to out/npm, which `npm pack` makes an archive of; with `--check`
 * the archive is installed in an empty folder and set to work there.
 */
import { parseArgs } from "node:util";
import { packageFiles } from "./build_package.ts";
import { checkPackage } from "./check_package.ts";
import { packPackage } from "./pack_package.ts";
import { ROOT } from "../sources.ts";

/** Where the package goes; it is made anew each time. */
const FOLDER = new URL("out/npm/", ROOT);

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const files = await packageFiles();
await Deno.remove(FOLDER, { recursive: true }).catch(() => {});
for (const [path, content] of files) {
  const url = new URL(path, FOLDER);
  await Deno.mkdir(new URL("./", url), { recursive: true });
  await Deno.writeFile(
    url,
    typeof content === "string" ? new TextEncoder().encode(content) : content,
  );
}
const archive = await packPackage(FOLDER);
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
console.log(
  `${archive.path}: ${archive.files} files, ${megabytes(archive.bytes)}, ` +
    `${megabytes(archive.unpackedBytes)} unpacked`,
);
if (values.check) await checkPackage(archive.path, (line) => console.log(line));
