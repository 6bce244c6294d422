import { assertEquals } from "../../../deps.ts";
import { localPlaces } from "../../../../lib/workflows/study/cluster/shared_places.ts";

const MOUNTS = [
  "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
  "30 22 0:40 / /home rw,relatime shared:2 - nfs4 server:/home rw,vers=4.2",
  "31 22 0:41 / /scratch\\040space rw - lustre mds@tcp:/fs rw",
  "32 30 0:42 / /home/me/local rw - xfs /dev/sdb rw",
  "33 22 0:43 / /odd rw - newfs x rw",
].join("\n");

Deno.test("localPlaces() tells what lies on file systems of this machine, by the nearest mount", async () => {
  const found = await localPlaces({
    "the study": "/home/me/study",
    "the data set": "/home/me/local/data",
    "Deno": "/opt/deno",
    "a": "/scratch space/a",
    "b": "/odd/b",
    "c": "/home/me/localized",
  }, MOUNTS);
  assertEquals(found, [
    { what: "the data set", path: "/home/me/local/data", system: "xfs" },
    { what: "Deno", path: "/opt/deno", system: "ext4" },
  ]);
  assertEquals(await localPlaces({ x: "/x" }, ""), []);
});
