/** Searching the site: the texts come when the search is first opened, and stay in the browser. */
/// <reference lib="dom" />
import { MiniSearch } from "../deps/minisearch.ts";
import type { SearchEntry } from "../search_entries.ts";

/** What `assets/texts.js` leaves behind: a script, since pages opened from a disk may fetch nothing. */
declare global {
  var tandemTexts: readonly SearchEntry[] | undefined;
}

const MOST_RESULTS = 20;
const site = document.body.dataset.root ?? "";

let searching: Promise<MiniSearch<SearchEntry>> | undefined;

/** Reads the texts and makes the index of them. */
function loadIndex(): Promise<MiniSearch<SearchEntry>> {
  return new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = `${site}assets/texts.js`;
    script.onerror = () => fail(new Error("The texts of the site are missing"));
    script.onload = () => {
      const index = new MiniSearch<SearchEntry>({
        fields: ["title", "page", "text"],
        storeFields: ["title", "page", "text"],
        searchOptions: {
          prefix: true,
          fuzzy: 0.15,
          boost: { title: 4, page: 2 },
          combineWith: "AND",
        },
      });
      index.addAll(globalThis.tandemTexts ?? []);
      done(index);
    };
    document.head.append(script);
  });
}

/** The words around the first place where one of the terms stands. */
function excerpt(text: string, terms: readonly string[]): HTMLElement {
  const places = terms.map((term) => text.toLowerCase().indexOf(term)).filter((at) => at >= 0);
  const start = Math.max(0, Math.min(...places, text.length) - 50);
  const part = (start > 0 ? "… " : "") + text.slice(places.length > 0 ? start : 0).slice(0, 160);
  const shown = document.createElement("span");
  const found = new RegExp(`(${terms.map((term) => term.replace(/\W/g, "\\$&")).join("|")})`, "i");
  for (const [i, piece] of part.split(found).entries()) {
    const mark = i % 2 === 1 ? document.createElement("mark") : document.createElement("span");
    mark.textContent = piece;
    shown.append(mark);
  }
  return shown;
}

function showResults(list: HTMLElement, index: MiniSearch<SearchEntry>, query: string): void {
  const results = index.search(query).slice(0, MOST_RESULTS);
  list.replaceChildren(...results.map(({ id, title, page, text, terms }) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = site + id;
    const name = document.createElement("b");
    name.textContent = page === title ? title : `${page}: ${title}`;
    link.append(name, excerpt(text, terms));
    item.append(link);
    return item;
  }));
  if (results.length > 0 || query.trim() === "") return;
  const none = document.createElement("li");
  none.textContent = "Nothing was found.";
  list.append(none);
}

/** Moves the focus through the results; the first arrow down leaves the field. */
function moveFocus(event: KeyboardEvent, field: HTMLElement, list: HTMLElement): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const stops = [field, ...list.querySelectorAll<HTMLElement>("a")];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[Math.min(stops.length - 1, Math.max(0, at + step))]!.focus();
  event.preventDefault();
}

function makeDialog(): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.id = "searching";
  dialog.setAttribute("aria-label", "Search");
  const field = document.createElement("input"), list = document.createElement("ul");
  field.type = "search";
  field.placeholder = "Search all pages";
  field.setAttribute("aria-label", "Search all pages");
  field.addEventListener("input", async () => {
    try {
      showResults(list, await (searching ??= loadIndex()), field.value);
    } catch (error) {
      list.textContent = (error as Error).message;
    }
  });
  dialog.addEventListener("keydown", (event) => moveFocus(event, field, list));
  // Beside the dialog, or on a result of the page that is open.
  dialog.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    if (target === dialog || target.closest("a")) dialog.close();
  });
  dialog.append(field, list);
  document.body.append(dialog);
  return dialog;
}

/** Opens the search. */
export function openSearch(): void {
  const dialog = document.querySelector<HTMLDialogElement>("#searching") ?? makeDialog();
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input")!.select();
}
