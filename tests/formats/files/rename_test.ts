import { assertEquals, assertRejects } from "../../deps.ts";
import { rename } from "../../../lib/formats/files/rename.ts";
import { tryLock } from "../../../lib/formats/files/try_lock.ts";

const { NotFound, PermissionDenied } = Deno.errors;

/** A rename that fails so often, and how often it was asked for. */
function failing(times: number, Failure: new (message: string) => Error) {
  const asked: string[] = [];
  return {
    asked,
    rename(from: string, to: string): Promise<void> {
      asked.push(`${from} ${to}`);
      return asked.length <= times ? Promise.reject(new Failure("in use")) : Promise.resolve();
    },
  };
}

Deno.test("rename() tries again under Windows alone, and what may pass alone", async () => {
  const busy = failing(2, PermissionDenied);
  await rename("a", "b", { os: "windows", rename: busy.rename });
  assertEquals(busy.asked, ["a b", "a b", "a b"]);
  const refused = failing(1, PermissionDenied);
  await assertRejects(
    () => rename("a", "b", { os: "linux", rename: refused.rename }),
    PermissionDenied,
  );
  assertEquals(refused.asked.length, 1);
  const missing = failing(1, NotFound);
  await assertRejects(() => rename("a", "b", { os: "windows", rename: missing.rename }), NotFound);
  assertEquals(missing.asked.length, 1);
  const never = failing(Infinity, PermissionDenied);
  await assertRejects(
    () => rename("a", "b", { os: "windows", rename: never.rename }),
    PermissionDenied,
  );
  assertEquals(never.asked.length, 20);
});

Deno.test("tryLock() leaves files of Windows readable", async () => {
  const path = await Deno.makeTempFile();
  try {
    using first = await Deno.open(path, { write: true });
    using second = await Deno.open(path, { write: true });
    assertEquals(tryLock(first, "windows"), false);
    assertEquals(tryLock(second, "linux"), Deno.build.os !== "windows");
  } finally {
    await Deno.remove(path);
  }
});
