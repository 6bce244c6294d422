import { assertEquals } from "../../deps.ts";
import { spreadsheetText } from "../../../lib/base/report/spreadsheet_text.ts";

Deno.test("spreadsheetText() has no spreadsheet take a text for a formula", () => {
  for (const text of ["=cmd()", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]) {
    assertEquals(spreadsheetText(text), `'${text}`);
  }
  for (const text of ["", "Vendor A", "a=b", "'=1", "0.5", " =1"]) {
    assertEquals(spreadsheetText(text), text);
  }
});
