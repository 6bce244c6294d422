import { assertEquals } from "../deps.ts";
import type { configSchema, ResolvedConfig } from "../../lib/base/config/config_schema.ts";
import type { z } from "../../lib/base/deps/zod.ts";
import { CONFIG_TYPES, configTypes, formatted } from "../../release/config_types.ts";

// Each can stand for the other, or this does not compile.
type Inferred = z.infer<typeof configSchema>;
const _given: (config: Inferred) => ResolvedConfig = (config) => config;
const _taken: (config: ResolvedConfig) => Inferred = (config) => config;

Deno.test("resolved_config.ts is what the schema says: deno task build:types", async () => {
  assertEquals(await Deno.readTextFile(CONFIG_TYPES), await formatted(await configTypes()));
});
