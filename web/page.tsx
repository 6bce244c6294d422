/** @jsx h */
// deno-lint-ignore-file verbatim-module-syntax -- JSX becomes calls of h
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** The page: a scan, its segmentation, artifacts on it, and a training that goes on. */
import { h, render } from "./deps/preact.ts";
import { z } from "../lib/base/deps/zod.ts";
import { App } from "./parts/app.tsx";
import { keepSite } from "./parts/keep_site.ts";
import { StudyPage } from "./parts/study_page.tsx";
import { TEXTS } from "./texts.ts";

// The page's policy allows no functions made of text, which zod would try.
z.config({ jitless: true });

const page = document.getElementById("page")!;
let isOther = false;
const isStudy = document.documentElement.dataset.kind === "study";
const show = () => render(isStudy ? <StudyPage /> : <App isOther={isOther} />, page);
const keeping = keepSite(() => {
  isOther = true;
  show();
});
// A page that may share memory need not wait for what is kept of it.
if (!crossOriginIsolated) render(<p role="status">{TEXTS.keeping}</p>, page);
if (crossOriginIsolated || !await keeping) show();
