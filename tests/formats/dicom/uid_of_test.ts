import { assertEquals } from "../../deps.ts";
import { uidOf } from "../../../lib/formats/dicom/uid_of.ts";

Deno.test("uidOf() gives one valid identifier for the same parts, and another for others", async () => {
  const uid = await uidOf("a", Uint8Array.of(1, 2));
  assertEquals(uid, await uidOf("a", Uint8Array.of(1, 2)));
  assertEquals(/^2\.25\.[1-9]\d{0,38}$/.test(uid), true);
  const others = [
    await uidOf("a"),
    await uidOf("a\x01\x02"),
    await uidOf("b", Uint8Array.of(1, 2)),
  ];
  assertEquals(new Set([uid, ...others]).size, 4);
});
