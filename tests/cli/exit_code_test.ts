import { assertEquals } from "../deps.ts";
import { describeError, exitCodeOf, UsageError } from "../../cli/exit_code.ts";
import { MlflowError } from "../../lib/formats/mlflow/mlflow_error.ts";
import { ConfigError, DatasetError, NiftiError, RunFolderError, WriteError } from "../../mod.ts";

Deno.test("exitCodeOf() tells usage, bad data and failure apart", () => {
  const codes = [
    new UsageError("a"),
    new ConfigError("a", "b"),
    new DatasetError("a"),
    new NiftiError("gzip", "a"),
    new RunFolderError("a"),
    new NiftiError("write", "a"),
    new MlflowError("a"),
    new WriteError("a", { cause: new Error("b") }),
    new Error("a"),
    "a",
  ].map(exitCodeOf);
  assertEquals(codes, [2, 2, 3, 3, 3, 1, 3, 1, 1, 1]);
});

Deno.test("describeError() gives one line", () => {
  assertEquals(describeError(new Error("a\n  b"), false), "error: a b");
  assertEquals(describeError("odd", false), "error: odd");
  const long = describeError(new Error("x".repeat(5000)), false);
  assertEquals(long, `error: ${"x".repeat(4000)}… (5000 characters; --debug shows all)`);
});
