/** Pins what GitHub makes ids of headings by. */
export { default as GithubSlugger } from "npm:github-slugger@2.0.0";
