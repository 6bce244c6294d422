/** `files.json` of a site: what a service worker keeps. Runs in a browser, too. */
import { z } from "../../base/deps/zod.ts";

/** The schema of a {@linkcode SiteFiles}. */
export const siteFilesSchema = z.strictObject({
  format: z.literal("tandem-site/1"),
  /** A digest of all files: another one is another version. */
  version: z.string().regex(/^[0-9a-f]{16,}$/),
  /** Names of all files of the page. */
  files: z.array(z.string().regex(/^[\w.-]+$/)),
});

/** The files of a site. */
export type SiteFiles = z.infer<typeof siteFilesSchema>;
