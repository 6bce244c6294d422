/** The one place that pins zod: library code imported by URL sees no import map. */
export { z, type ZodType } from "npm:zod@4.6.7";
