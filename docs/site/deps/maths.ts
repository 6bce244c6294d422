/** Pins what draws equations. */
import maths from "npm:temml@0.13.5";

/** TeX as MathML, which browsers draw with fonts of their own. */
export function mathml(tex: string, displayMode: boolean): string {
  return maths.renderToString(tex, { displayMode, throwOnError: true });
}
