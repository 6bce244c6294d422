/** The one place that pins zod: library code imported by URL sees no import map. */
export { z } from "npm:zod@4.6.7";
