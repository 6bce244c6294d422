import { tableHtml } from "../../base/pages/markup.ts";
import { markdownTable, type TextTable } from "../../base/report/text_table.ts";
import { DISPLAY, type MimeBundle, toKernel } from "./mime_bundle.ts";

/**
 * A table that shows itself where it is a notebook cell's value.
 *
 * @example
 * ```ts
 * import { ShownTable } from "./shown_table.ts";
 *
 * const rows = [{ name: "site A", cells: [{ text: "0.858" }] }];
 * const shown = new ShownTable({ caption: "Dice", columns: ["set", "mean"], rows, notes: [] });
 * if (!shown.markdown.includes("| site A | 0.858 |")) throw new Error();
 * ```
 */
export class ShownTable {
  /**
   * Takes a table as it is.
   *
   * @param table Its texts are escaped wherever they are shown.
   */
  constructor(readonly table: TextTable) {}

  /** For a page. */
  get html(): string {
    return tableHtml(this.table);
  }

  /** In GitHub's Markdown. */
  get markdown(): string {
    return markdownTable(this.table);
  }

  /** What Jupyter shows. */
  async [DISPLAY](): Promise<MimeBundle> {
    const { html, markdown } = this;
    return await toKernel({
      "text/html": html,
      "text/markdown": markdown,
      "text/plain": markdown,
    });
  }
}
