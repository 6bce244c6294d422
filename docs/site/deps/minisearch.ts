/** Pins what searches the texts of the site, in the browser. */
export { default as MiniSearch } from "npm:minisearch@7.2.0";
