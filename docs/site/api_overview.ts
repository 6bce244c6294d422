/** The overview of the API, `docs/api.md`: `deno task docs:api` prints it. */
import { API_GROUPS, type ApiGroup, groupOf } from "./api_groups.ts";
import { type Exported, readExports } from "./exports.ts";

const link = ({ name, file }: Exported) => `[\`${name}\`](../${file})`;

/** Text that stays within its cell. */
const cell = (text: string) => text.replaceAll("|", "\\|");

function section({ title, text, path }: ApiGroup, exported: readonly Exported[]): string {
  const values = exported.filter(({ isType }) => !isType);
  const types = exported.filter(({ isType }) => isType);
  const rows = values.map((value) => `| ${link(value)} | ${cell(value.summary)} |`);
  return [
    `## ${title}`,
    "",
    text + (path === undefined ? "" : ` Also by the path \`./${path}\`.`),
    "",
    ...values.length > 0 ? ["| what | what it does |", "| --- | --- |", ...rows, ""] : [],
    ...types.length > 0 ? [`Types: ${types.map(link).join(", ")}.`, ""] : [],
  ].join("\n");
}

/** The overview as Markdown. */
export function apiOverview(exported: readonly Exported[]): string {
  const strays = exported.filter(({ file }) => groupOf(file) === undefined);
  if (strays.length > 0) {
    const names = strays.map(({ name, file }) => `${name} (${file})`).join(", ");
    throw new Error(`No group of docs/site/api_groups.ts holds ${names}`);
  }
  const sections = API_GROUPS.map((group) =>
    section(group, exported.filter(({ file }) => groupOf(file) === group))
  );
  return `# API overview

<!-- Made from doc comments by \`deno task docs:api\`; do not edit. -->

What \`mod.ts\` exports, ${exported.length} names, by what they are for. Importing it starts nothing.
Some groups are also paths of their own, as \`deno.json\` says, which load less.

${sections.join("\n")}`;
}

if (import.meta.main) {
  const root = new URL("../../", import.meta.url);
  await Deno.stdout.write(new TextEncoder().encode(apiOverview(await readExports(root))));
}
