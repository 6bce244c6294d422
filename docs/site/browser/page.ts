/** What a page of the site does: its menu, its colours, copying code, and searching. */
/// <reference lib="dom" />
import { openSearch } from "./search.ts";

const root = document.documentElement;
const button = (id: string) => document.getElementById(id) as HTMLButtonElement;

function listenToMenu(): void {
  const menu = button("menu");
  menu.addEventListener("click", () => {
    menu.setAttribute("aria-expanded", String(root.classList.toggle("menu-open")));
  });
  // The page that is open, in the middle of a long list.
  document.querySelector('#pages [aria-current="page"]')?.scrollIntoView({ block: "nearest" });
}

function listenToTheme(): void {
  const theme = button("theme");
  const isDark = () =>
    root.dataset.theme === undefined
      ? matchMedia("(prefers-color-scheme: dark)").matches
      : root.dataset.theme === "dark";
  const name = () => theme.textContent = isDark() ? "Light" : "Dark";
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("tandem-theme", root.dataset.theme);
    } catch {
      // It holds for this page, then.
    }
    name();
  });
  name();
}

function addCopyButtons(): void {
  if (navigator.clipboard === undefined) return;
  for (const frame of document.querySelectorAll(".code")) {
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "copy";
    copy.textContent = "Copy";
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(frame.querySelector("code")!.textContent!);
      copy.textContent = "Copied";
      setTimeout(() => copy.textContent = "Copy", 1500);
    });
    frame.append(copy);
  }
}

/** Marks in the list beside the text what is being read. */
function followReading(): void {
  const links = new Map(
    [...document.querySelectorAll<HTMLAnchorElement>(".contents a")].map((link) => [
      decodeURIComponent(link.hash.slice(1)),
      link,
    ]),
  );
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      for (const [id, link] of links) link.classList.toggle("reading", id === target.id);
    }
  }, { rootMargin: "-64px 0px -70% 0px" });
  for (const id of links.keys()) {
    const heading = document.getElementById(id);
    if (heading) seen.observe(heading);
  }
}

function listenToSearch(): void {
  button("search").addEventListener("click", openSearch);
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement;
    const asked = event.key === "/" || (event.key === "k" && (event.ctrlKey || event.metaKey));
    if (!asked || typing) return;
    event.preventDefault();
    openSearch();
  });
}

listenToMenu();
listenToTheme();
listenToSearch();
addCopyButtons();
followReading();
