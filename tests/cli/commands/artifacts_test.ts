import { assert, assertEquals, assertStringIncludes } from "../../deps.ts";
import { main } from "../../../cli/main.ts";
import { imageOf } from "../../../lib/formats/nifti/nifti_image.ts";
import { writeNifti } from "../../../lib/formats/nifti/write_nifti.ts";
import { smallCase } from "../../imaging/artifacts/small_case.ts";
import { inFolder, smallDataset } from "../../workflows/artifact_files/small_dataset.ts";

/** Runs the command line in this process and gathers what it prints. */
async function tandem(...args: string[]) {
  const lines: string[] = [];
  const saved = { log: console.log, error: console.error, write: Deno.stderr.writeSync };
  const keep = (...parts: unknown[]) => void lines.push(parts.join(" "));
  const process = await import("node:process");
  const [out, err] = [process.default.stdout.write, process.default.stderr.write];
  const swallow = (text: string) => lines.push(String(text)) > 0;
  Object.assign(console, { log: keep, error: keep });
  Object.assign(process.default.stdout, { write: swallow });
  Object.assign(process.default.stderr, { write: swallow });
  try {
    return { code: await main(args), text: lines };
  } finally {
    Object.assign(console, { log: saved.log, error: saved.error });
    Object.assign(process.default.stdout, { write: out });
    Object.assign(process.default.stderr, { write: err });
  }
}

Deno.test("artifacts without a subcommand is artifacts suite", () =>
  inFolder(async (dir) => {
    const input = await smallDataset(`${dir}/in`, "mnms");
    const options = ["-i", input, "--layout", "mnms", "--repeats", "1", "--threads", "1"];
    const bare = await tandem("artifacts", ...options, "-o", `${dir}/a`, "--seed", "3");
    assertEquals(bare.code, 0);
    assertStringIncludes(bare.text.join("\n"), `${dir}/a/index.html`);
    const named = ["-o", `${dir}/b`, "--seed", "3", "--json"];
    const json = await tandem("artifacts", "suite", ...options, ...named);
    assertEquals([json.code, JSON.parse(json.text[0]!).volumes], [0, 16]);
    const bytes = (name: string) =>
      Deno.readFileSync(`${dir}/${name}/RandSpike/S1/S1_sa_ED.nii.gz`).join();
    assertEquals(bytes("a"), bytes("b"));

    const replay = await tandem("artifacts", "replay", `${dir}/a/manifest.json`);
    assertEquals([replay.code, replay.text.at(-1)], [
      0,
      "16 of 16 volumes as the manifest records them",
    ]);

    const manifest = JSON.parse(await Deno.readTextFile(`${dir}/a/manifest.json`));
    const { output } = manifest.volumes[3];
    output.image = [...output.image].reverse().join("");
    await Deno.writeTextFile(`${dir}/a/manifest.json`, JSON.stringify(manifest));
    const path = `${dir}/a/manifest.json`;
    const other = await tandem("artifacts", "replay", path, "-o", `${dir}/c`);
    assertEquals(other.code, 3, other.text.join("\n"));
    assertStringIncludes(other.text.join("\n"), "changed: ");
    assertStringIncludes(other.text.join("\n"), "15 of 16 volumes as the manifest records them");
    // it is told, and all is written all the same
    assertEquals(bytes("c"), bytes("a"));
  }));

Deno.test("artifacts list and show tell of artifacts", () =>
  inFolder(async (dir) => {
    const list = await tandem("artifacts", "list");
    assertEquals(list.code, 0);
    for (
      const name of ["mode physical", "mode torchio", "  spike", "also RandMotion, RandomMotion"]
    ) {
      assertStringIncludes(list.text.join("\n"), name);
    }
    const picture = `${dir}/deep/spike.png`;
    const show = await tandem("artifacts", "show", "spike", "--mode", "torchio", "-o", picture);
    assertEquals(show.code, 0);
    assertStringIncludes(show.text.join("\n"), "herringbone");
    assert((await Deno.stat(picture)).size > 1000);
  }));

Deno.test("artifacts apply writes a volume and its label", () =>
  inFolder(async (dir) => {
    const { volume, label } = smallCase();
    await writeNifti(`${dir}/v.nii`, imageOf(volume));
    await writeNifti(`${dir}/l.nii`, imageOf(label));
    const files = ["-i", `${dir}/v.nii`, "-o", `${dir}/o.nii.gz`, "--label", `${dir}/l.nii`];
    const apply = ["artifacts", "apply", "flow", ...files, "--label-out", `${dir}/lo.nii`];
    const heart = ["--layout", "mnms"];
    const { code, text } = await tandem(...apply, ...heart, "--severity", "4", "--seed", "2");
    assertEquals(code, 0, text.join("\n"));
    assertStringIncludes(text.join("\n"), "amplitude 1.2, ");
    assert((await Deno.stat(`${dir}/lo.nii`)).isFile);
    const motion = [...apply, "--overwrite", "--role", "blood=1,3"].with(
      2,
      "RandomElasticDeformation",
    );
    const brief = await tandem(...motion);
    assertEquals(brief.code, 0, brief.text.join("\n"));
    assertStringIncludes(
      brief.text.join("\n"),
      "displacements_mm_lps [343 x 3 values, see --json]",
    );
    const json = await tandem(...motion, "--json");
    assertEquals(JSON.parse(json.text[0]!).params.displacements_mm_lps.length, 343);
  }));

Deno.test("artifacts ends with the exit code of the mistake and one clear line", () =>
  inFolder(async (dir) => {
    const { volume } = smallCase();
    await writeNifti(`${dir}/v.nii`, imageOf(volume));
    const spoilt = { ...volume, data: volume.data.slice().fill(NaN, 3, 4) };
    await writeNifti(`${dir}/nan.nii`, imageOf(spoilt));
    await Deno.writeTextFile(`${dir}/manifest.json`, "{}");
    const apply = (name: string, ...more: string[]) => [
      ...["artifacts", "apply", name, "-i", `${dir}/v.nii`, "-o", `${dir}/o.nii`, ...more],
    ];
    const torchio = ["--mode", "torchio", "--params"];
    const cases: [number, string, string[]][] = [
      [2, "did you mean spike", apply("spikes")],
      [
        2,
        "num_ghosts is -2",
        apply("ghosting", ...torchio, '{"num_ghosts":-2,"axis":0,"intensity":1}'),
      ],
      [2, "amount is none of its parameters", apply("ghosting", "--params", '{"amount":3}')],
      [
        2,
        "phaseEncodeAxis is missing, wanted the axis 0 or 1; ",
        apply("ghosting", "--params", "{}"),
      ],
      [2, "Wanted a role and codes", apply("flow", "--role", "blood")],
      [2, "Code 1 is blood already", apply("flow", "--role", "blood=1", "--role", "muscle=2,1")],
      [2, "--role wants a label map", apply("flow", "--role", "blood=1")],
      [2, "--layout wants a label map", apply("flow", "--layout", "acdc")],
      [2, "it takes no volume of another frame", apply("bias", "--other-frame", `${dir}/v.nii`)],
      [2, "Wanted a JSON object", apply("spike", "--params", "[1]")],
      [2, "Wanted JSON", apply("spike", "--params", "{")],
      [2, "cannot be used with", apply("spike", "--params", "{}", "--severity", "2")],
      [2, "Wanted a severity", apply("spike", "--severity", "6")],
      [2, "Allowed choices are", apply("spike", "--mode", "scanner")],
      [2, "it is the input", [...apply("noise").slice(0, 5), "-o", `${dir}/v.nii`, "--overwrite"]],
      [2, "not empty", ["artifacts", "-o", dir]],
      [2, "--input lies there", ["artifacts", "--layout", "acdc", "-o", `${dir}/out`]],
      [3, "Cannot tell how", ["artifacts", "-i", dir, "-o", `${dir}/out`]],
      [2, "too many arguments", ["artifacts", "suits"]],
      [3, "not finite", [
        "artifacts",
        "apply",
        "bias",
        "-i",
        `${dir}/nan.nii`,
        "-o",
        `${dir}/o.nii`,
      ]],
      [3, "no such file", [
        "artifacts",
        "apply",
        "bias",
        "-i",
        `${dir}/no.nii`,
        "-o",
        `${dir}/o.nii`,
      ]],
      [3, "schema is missing", ["artifacts", "replay", `${dir}/manifest.json`]],
      [3, "no subject folder", ["artifacts", "-i", dir, "--layout", "mnms", "-o", `${dir}/out`]],
    ];
    const before = [...Deno.readDirSync(dir)].length;
    for (const [code, part, args] of cases) {
      const result = await tandem(...args);
      assertEquals(result.code, code, `${args.join(" ")}: ${result.text.join("\n")}`);
      assertStringIncludes(result.text.join("\n"), part);
      assertEquals(result.text.join("\n").trim().split("\n").length, 1);
    }
    assertEquals([...Deno.readDirSync(dir)].length, before);
  }));
