/** A headless browser for tests; puppeteer-core is pinned here and downloads none. */
import puppeteer, { type Browser } from "npm:puppeteer-core@25.16.0";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The path of a Chromium, by `CHROMIUM_PATH` or on the PATH; undefined where there is none. */
export function findChromium(): string | undefined {
  const named = Deno.env.get("CHROMIUM_PATH");
  if (named !== undefined) return named;
  const dirs = (Deno.env.get("PATH") ?? "").split(":");
  return dirs.flatMap((dir) => NAMES.map((name) => `${dir}/${name}`)).find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}

/** Draws in WebGL without a graphics card. */
const WEBGL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"];

/** Runs a test with a browser of its own and an empty profile, and ends it. */
export async function withChromium(
  executablePath: string,
  test: (browser: Browser) => Promise<void>,
  { webgl = false } = {},
): Promise<void> {
  const userDataDir = await Deno.makeTempDir();
  const browser = await puppeteer.launch({
    executablePath,
    userDataDir,
    headless: true,
    args: [
      "--no-sandbox",
      ...webgl ? WEBGL : ["--disable-gpu", "--disable-3d-apis"],
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  try {
    await test(browser);
  } finally {
    await browser.close();
    await Deno.remove(userDataDir, { recursive: true }).catch(() => {});
  }
}
