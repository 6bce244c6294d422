// deno-lint-ignore-file no-explicit-any
/** What a browser finds on a page. */
export interface PageFindings {
  /** Pixels that the document is wider than the window. */
  readonly overflow: number;
  /** Figures in which nothing is drawn. */
  readonly empty: readonly string[];
  /** Texts with less contrast than 4.5 to 1. */
  readonly faint: readonly string[];
  readonly charts: number;
  readonly pictures: number;
  readonly scheme: string;
}

/** Runs within the page: it may use nothing from outside its own body. */
export function examinePage(): PageFindings {
  const { document, getComputedStyle } = globalThis as any;
  const all = (selector: string): any[] => [...document.querySelectorAll(selector)];
  const luminance = (color: string) => {
    const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((text) => {
      const part = Number(text) / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string) => {
    const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const clear = "rgba(0, 0, 0, 0)";
  const backgroundOf = (element: any): string => {
    for (let at = element; at !== null; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (backgroundColor !== clear) return backgroundColor;
    }
    return clear;
  };
  const hasText = (element: any) =>
    [...element.childNodes].some((node: any) => node.nodeType === 3 && node.data.trim() !== "");
  const texts = all("body *").filter((element) =>
    hasText(element) && element.getClientRects().length > 0
  );
  const faint = texts.filter((element) => {
    const style = getComputedStyle(element);
    return contrast(element.closest("svg") ? style.fill : style.color, backgroundOf(element)) < 4.5;
  });
  const drawn = (svg: any) => {
    const box = svg.getBoundingClientRect();
    const marks = [...svg.querySelectorAll("path, line, image")];
    return box.width > 0 && box.height > 0 && marks.some((mark) => mark.getBBox().width > 0);
  };
  const { scrollWidth, clientWidth } = document.documentElement;
  return {
    overflow: scrollWidth - clientWidth,
    empty: [
      ...all("svg").filter((svg) => !drawn(svg)).map((svg) => svg.getAttribute("aria-label")),
      ...all("img").filter((image) => image.naturalWidth === 0).map((image) => image.alt),
    ],
    faint: faint.map((element) => element.textContent.trim().slice(0, 40)),
    charts: all("svg.chart").length,
    pictures: all("img, svg image").length,
    scheme: luminance(backgroundOf(document.body)) > 0.5 ? "light" : "dark",
  };
}
