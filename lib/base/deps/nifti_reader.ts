/** The one place that pins nifti-reader-js: library code imported by URL sees no import map. */
export * from "npm:nifti-reader-js@0.8.0";
