import { findChromium } from "../chromium.ts";
import { assert, assertEquals, assertStringIncludes } from "../deps.ts";

const MAIN = new URL("main.ts", import.meta.url).pathname;

async function bench(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", MAIN, ...args],
    env: { NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

const TINY = ["--only", "step", "--batch", "2", "--size", "16", "--threads", "1", "--steps", "1"];

Deno.test("bench prints one JSON object for one measurement, with a peer's time beside it", async () => {
  const peer = "echo loss 1 seconds_per_step 0.{batch}{size}";
  const { stdout, stderr } = await bench(...TINY, "--json", "--peer", peer);
  assertEquals(stdout.trimEnd().split("\n").length, 1, stderr);
  const { secondsPerStep, peakHeapBytes, peerSecondsPerStep, ratio } = JSON.parse(stdout);
  assert(secondsPerStep > 0 && peakHeapBytes > 2 ** 20);
  assertEquals(peerSecondsPerStep, 0.216);
  assertEquals(ratio, secondsPerStep / peerSecondsPerStep);
});

Deno.test("bench --profile counts the arithmetic of every convolution of a step", async () => {
  const { stdout } = await bench(...TINY, "--profile", "--standard", "--json");
  const { operators, kernels } = JSON.parse(stdout) as Record<
    string,
    { name: string; operations: number; calls: number; seconds: number }[]
  >;
  const first = operators!.find(({ name }) =>
    name === "Convolution forward same 3 x 3, [2,16,16,1] -> 16"
  )!;
  assertEquals([first.calls, first.operations], [1, 2 * 2 * 16 * 16 * 9 * 16]);
  const total = (entries: typeof operators) =>
    entries!.reduce((sum, { operations }) => sum + operations, 0);
  assert(total(operators) > 0);
  assertEquals(total(kernels), total(operators));
  assert(kernels!.every(({ seconds }, i) => i === 0 || seconds <= kernels![i - 1]!.seconds));
});

Deno.test("bench --only alternatives times the same work by each, which all agree", async () => {
  const args = ["--only", "alternatives", "--batch", "2", "--size", "16"];
  const { stdout, stderr } = await bench(...args, "--threads", "1", "--steps", "1", "--json");
  assertEquals(stdout.trimEnd().split("\n").length, 1, stderr);
  const { works } = JSON.parse(stdout) as {
    works: { results: Record<"alternative" | "slices" | "seconds" | "deviation", unknown>[] }[];
  };
  assertEquals(works.length, 3);
  for (const { results } of works) {
    assertEquals(results.map(({ alternative, slices }) => [alternative, slices]), [
      ...[["tandem", 2], ["tfjsCpu", 1], ["tfjsCpuWritten", 1], ["tfjsWasm", 2], ["jax", 2], [
        "jaxProducts",
        2,
      ]],
    ]);
    for (const result of results) {
      assert(Number(result.seconds) > 0, JSON.stringify(result));
      // They add in another order: equal bits would be Tandem's own results.
      assert(result.alternative === "tandem" || Number(result.deviation) > 0);
    }
  }
});

Deno.test("bench --only inference runs the same network by onnxruntime-web", async () => {
  const args = ["--only", "inference", "--size", "32", "--threads", "1", "--steps", "1"];
  const { stdout, stderr } = await bench(...args, "--json");
  const { secondsPerVolume, onnxruntimeWeb } = JSON.parse(stdout);
  const { largestDeviation, largestLogit, ratio } = onnxruntimeWeb;
  assert(largestDeviation < 1e-4 * largestLogit, `${stdout} ${stderr}`);
  assertEquals(ratio, secondsPerVolume / onnxruntimeWeb.secondsPerVolume);
});

Deno.test("bench refuses what it does not know with one line and exit code 2", async () => {
  for (
    const [args, text] of [
      [["--only", "fly"], "Cannot measure fly"],
      [["--size", "100"], "Cannot use --size 100: wanted a whole number from 1, a multiple of 16"],
      [["--steps", "0"], "Cannot use --steps 0"],
    ] as const
  ) {
    const { code, stderr } = await bench(...args);
    assertEquals(code, 2);
    assertStringIncludes(stderr, text);
    assertEquals(stderr.trimEnd().split("\n").length, 1);
  }
});

Deno.test("bench --only accuracy tells Winograd's rounding error beside that of the sum", async () => {
  const { stdout, stderr } = await bench("--only", "accuracy", "--threads", "1", "--json");
  const { measured } = JSON.parse(stdout) as { measured: { direct: number; winograd: number }[] };
  assertEquals(measured.length, 12, stderr);
  for (const { direct, winograd } of measured) {
    assert(direct > 1e-9 && direct < 1e-6 && winograd > direct && winograd < 5e-6);
  }
});

Deno.test("bench --only scaling lets batch, side and threads grow one at a time", async () => {
  const args = ["--only", "scaling", "--batch", "4", "--size", "16,32", "--threads", "2"];
  const { stdout, stderr } = await bench(...args, "--steps", "1", "--json");
  const { settings } = JSON.parse(stdout) as {
    settings: Record<"axis" | "batch" | "size" | "threads", unknown>[];
  };
  assertEquals(settings.map(({ axis, batch, size, threads }) => [axis, batch, size, threads]), [
    ["batch", 2, 16, 2],
    ["batch", 4, 16, 2],
    ["side", 4, 16, 2],
    ["side", 4, 32, 2],
    ["threads", 4, 16, 1],
    ["threads", 4, 16, 2],
  ], stderr);
});

const wanted = Deno.env.get("TANDEM_TEST_PAGE_BENCH") === "1" && findChromium() !== undefined;

Deno.test({
  name: wanted
    ? "bench --only page drops a scan, and runs the same networks by onnxruntime-web in a page"
    : "bench --only page (set TANDEM_TEST_PAGE_BENCH=1, and have a Chromium)",
  ignore: !wanted,
  async fn() {
    const args = ["--only", "page", "--size", "32", "--threads", "2", "--steps", "1", "--json"];
    const { stdout, stderr } = await bench(...args);
    const { seconds, deviation, largestLogit } = JSON.parse(stdout);
    assertEquals(Object.keys(seconds).length, 8, stderr);
    assert(Object.values(seconds as Record<string, number>).every((value) => value > 0), stdout);
    assert(seconds.drawn > seconds.dropped && seconds.process > seconds.files, stdout);
    // they add in another order
    assert(deviation > 0 && deviation < 1e-4 * largestLogit, stdout);
  },
});
