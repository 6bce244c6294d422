import { assertEquals } from "../../deps.ts";
import { crc32c, maskedCrc32c } from "../../../lib/formats/tensorboard/crc32c.ts";

const DIGITS = new TextEncoder().encode("123456789");

Deno.test("crc32c() gives the check value and the examples of RFC 3720, B.4", () => {
  assertEquals(crc32c(DIGITS), 0xe3069283);
  assertEquals(crc32c(new Uint8Array()), 0);
  assertEquals(crc32c(new Uint8Array(32)), 0x8a9136aa);
  assertEquals(crc32c(new Uint8Array(32).fill(255)), 0x62a8ab43);
  assertEquals(crc32c(Uint8Array.from({ length: 32 }, (_, n) => n)), 0x46dd794e);
});

Deno.test("maskedCrc32c() turns the CRC by 15 bits and adds a constant", () => {
  const crc = 0xe3069283n;
  const turned = (crc >> 15n | crc << 17n) & 0xffffffffn;
  assertEquals(maskedCrc32c(DIGITS), Number((turned + 0xa282ead8n) & 0xffffffffn));
  assertEquals(maskedCrc32c(DIGITS), 0xc78ab0e5);
});
