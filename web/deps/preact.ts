/** The one place that pins Preact, which draws the page: modules imported by URL see no import map. */
export { h, render } from "npm:preact@10.27.2";
export { useEffect, useMemo, useRef, useState } from "npm:preact@10.27.2/hooks";
