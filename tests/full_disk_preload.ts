/** Preloaded into a command, has its disk be full for the file that FULL_DISK names. */
import { fullDisk } from "./full_disk.ts";

fullDisk(Deno.env.get("FULL_DISK")!);
