import { assert, assertEquals, assertRejects, assertThrows } from "../../deps.ts";
import { WriteError } from "../../../lib/formats/files/write_atomically.ts";
import { EventFile } from "../../../lib/formats/tensorboard/event_file.ts";
import { EventFileError } from "../../../lib/formats/tensorboard/event_file_error.ts";
import { readEvents } from "../../../lib/formats/tensorboard/read_events.ts";
import { frameRecord } from "../../../lib/formats/tensorboard/records.ts";

async function withPath(run: (path: string) => Promise<void>) {
  const dir = await Deno.makeTempDir();
  try {
    await run(`${dir}/events.out.tfevents.test`);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

const clock = () => 1000.25;

function write(path: string, step: number, ...steps: number[]) {
  const file = EventFile.open(path, { step, clock });
  for (const step of steps) file.append(step, { a: step / 2, b: -step });
  file.close();
}

const steps = async (path: string) => (await readEvents(path)).map(({ step }) => step);

Deno.test("EventFile writes its version, then an event a step", () =>
  withPath(async (path) => {
    write(path, 0, 1, 2);
    assertEquals(await readEvents(path), [
      { wallTime: 1000.25, step: 0, fileVersion: "brain.Event:2", scalars: {} },
      { wallTime: 1000.25, step: 1, scalars: { a: 0.5, b: -1 } },
      { wallTime: 1000.25, step: 2, scalars: { a: 1, b: -2 } },
    ]);
  }));

Deno.test("EventFile.open() cuts off later steps and a torn end, in the same file", () =>
  withPath(async (path) => {
    write(path, 0, 1, 2, 3, 4);
    const whole = await Deno.readFile(path);
    const { ino } = await Deno.stat(path);
    await Deno.writeFile(path, new Uint8Array(9), { append: true });
    write(path, 2, 3, 4);
    assertEquals(await Deno.readFile(path), whole);
    assertEquals((await Deno.stat(path)).ino, ino);
    await Deno.truncate(path, whole.length - 1);
    write(path, 4, 5);
    assertEquals(await steps(path), [0, 1, 2, 3, 5]);
  }));

Deno.test("EventFile.open() begins anew at step 0, and where there is nothing to keep", () =>
  withPath(async (path) => {
    write(path, 7, 8);
    assertEquals(await steps(path), [0, 8]);
    write(path, 0, 1);
    assertEquals(await steps(path), [0, 1]);
    await Deno.writeTextFile(path, "no records at all, and long enough");
    write(path, 3, 4);
    assertEquals(await steps(path), [0, 4]);
  }));

Deno.test("EventFile.append() gives a tag no step twice", () =>
  withPath(async (path) => {
    write(path, 0, 1, 2);
    const file = EventFile.open(path, { step: 2, clock });
    file.append(2, { a: 9, c: 3 });
    file.append(2, { a: 9, c: 3 });
    file.append(3, { a: 4 });
    file.close();
    const events = await readEvents(path);
    assertEquals(events.slice(3).map(({ step, scalars }) => [step, scalars]), [
      [2, { c: 3 }],
      [3, { a: 4 }],
    ]);
  }));

Deno.test("EventFile throws WriteError where the disk refuses", () =>
  withPath(async (path) => {
    await Deno.symlink("/dev/full", path);
    const error = assertThrows(() => EventFile.open(path, { step: 0, clock }), WriteError, path);
    assert(error.message.includes("No space left"), error.message);
    assertThrows(
      () => EventFile.open("/dev/null/x", { step: 0, clock }),
      WriteError,
      "/dev/null/x",
    );
  }));

Deno.test("readEvents() refuses a record that is no event", () =>
  withPath(async (path) => {
    await Deno.writeFile(path, frameRecord(new Uint8Array([0x0b])));
    await assertRejects(() => readEvents(path), EventFileError, `Cannot open ${path}: field 1`);
    assertThrows(() => EventFile.open(path, { step: 1, clock }), EventFileError, path);
  }));
