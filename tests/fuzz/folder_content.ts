/** What a folder holds, with what differs from run to run left out, and whether all of it is whole. */
import { gunzipSync } from "node:zlib";
import { openBlocks } from "../../lib/formats/blocks/block_file.ts";
import { parseNiftiFrames } from "../../lib/formats/nifti/parse_nifti.ts";
import { decodeSafetensors } from "../../lib/formats/safetensors/decode.ts";
import { readEvents } from "../../lib/formats/tensorboard/read_events.ts";

/** What of a step's record is the machine's and not the run's. */
const OF_THE_MACHINE = ["seconds", "heapBytes", "seconds/step", "heap/bytes"];

/** The paths of a folder's files, sorted, from the folder on; none where there is no folder. */
export function filesIn(dir: string, below = ""): string[] {
  const files: string[] = [];
  let entries: Deno.DirEntry[] = [];
  try {
    entries = [...Deno.readDirSync(`${dir}/${below}`)];
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  for (const { name, isDirectory } of entries) {
    if (isDirectory) files.push(...filesIn(dir, `${below}${name}/`));
    else files.push(below + name);
  }
  return files.sort();
}

/** Names that only pass, or should: hidden ones, of files and of folders. */
export function passingNames(dir: string): string[] {
  const names: string[] = [];
  for (const { name, isDirectory } of Deno.readDirSync(dir)) {
    if (name.startsWith(".")) names.push(name);
    else if (isDirectory) names.push(...passingNames(`${dir}/${name}`).map((n) => `${name}/${n}`));
  }
  return names;
}

/** What each file of a folder says, by its path: a hash of its bytes without times and places. */
export async function contentOf(dir: string, root: string): Promise<Map<string, string>> {
  const content = new Map<string, string>();
  for (const path of filesIn(dir)) content.set(path, await hash(await plain(dir, path, root)));
  return content;
}

async function plain(dir: string, path: string, root: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await Deno.readFile(`${dir}/${path}`);
  const written = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  if (path.endsWith("log.jsonl")) {
    const lines = new TextDecoder().decode(bytes).trimEnd().split("\n");
    return written(lines.map((line) => withoutMachine(JSON.parse(line))));
  }
  if (path.includes("tfevents")) {
    const events = await readEvents(`${dir}/${path}`);
    return written(events.map(({ scalars, step }) => [step, withoutMachine(scalars)]));
  }
  if (!/\.(json|csv|html|md|tex|txt)$/.test(path)) return bytes;
  return new TextEncoder().encode(new TextDecoder().decode(bytes).replaceAll(root, "ROOT"));
}

function withoutMachine(record: Readonly<Record<string, number>>) {
  return Object.entries(record).filter(([key]) => !OF_THE_MACHINE.includes(key));
}

async function hash(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/** What of a folder's files is half-written although its name says that it is whole. */
export async function halfWritten(dir: string): Promise<string[]> {
  const found: string[] = [];
  for (const path of filesIn(dir)) {
    if (path.split("/").some((name) => name.startsWith("."))) continue;
    try {
      await open(`${dir}/${path}`);
    } catch (error) {
      found.push(`${path}: ${(error as Error).message}`);
    }
  }
  return found;
}

async function open(path: string): Promise<void> {
  const bytes = await Deno.readFile(path), text = () => new TextDecoder().decode(bytes);
  const wants = (isWhole: boolean) => {
    if (!isWhole) throw new Error(`it ends too early (${bytes.length} bytes)`);
  };
  if (path.endsWith(".json")) JSON.parse(text());
  else if (path.endsWith(".safetensors")) decodeSafetensors(bytes);
  else if (path.endsWith(".nii.gz")) parseNiftiFrames(gunzipSync(bytes), path);
  else if (path.endsWith(".nii")) parseNiftiFrames(bytes, path);
  else if (path.endsWith(".png")) wants(new TextDecoder("latin1").decode(bytes).includes("IEND"));
  else if (path.endsWith(".html")) wants(text().trimEnd().endsWith("</html>"));
  else if (/\.(csv|md|tex|txt)$/.test(path)) wants(text().endsWith("\n") || text() === "");
  else if (path.endsWith(".case")) {
    const blocks = openBlocks(path);
    for (let n = 0; n < blocks.count; n++) blocks.read(n);
  }
}
