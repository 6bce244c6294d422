import { Command } from "../deps/commander.ts";
import { renderTable } from "../deps/cli_table.ts";
import { deviceOption } from "../device_option.ts";
import { EXIT, ExitError } from "../exit_code.ts";
import { endAtInterrupts } from "../listen_for_interrupts.ts";
import { wholeNumber } from "../option_values.ts";

/** `tandem doctor`. */
export function doctorCommand() {
  return new Command("doctor")
    .description(
      "Tell what this machine offers and what hinders, check the arithmetic, and time it.",
    )
    .option("--golden <dir>", "compare with the reference values in this folder")
    .option("--threads <n>", "threads (default: all cores)", wholeNumber(1, 64))
    .addOption(deviceOption())
    .option("--out <dir>", "folder for runs, whose disk is looked at", "runs")
    .option("--cache <dir>", "folder for prepared volumes, or none (default: auto)")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExit code 1 where a check fails, or training would.")
    .action(async ({ golden, threads, device, out, cache, json = false }) => {
      using _interrupts = endAtInterrupts();
      const tandem = await import("../../mod.ts");
      const options = threads === undefined ? {} : { threads };
      if (golden !== undefined) {
        await tandem.startDevice({ device, threads: threads ?? null }, console.error);
        const comparison = await tandem.compareGolden(golden);
        console.log(json ? JSON.stringify(comparison) : goldenTable(comparison.quantities));
        if (!comparison.passed) throw new ExitError(EXIT.failure);
        return;
      }
      const report = await tandem.examine({
        ...{ ...options, out },
        ...(device && { device }),
        ...(cache !== undefined && { cache }),
      });
      if (json) {
        console.log(JSON.stringify(report));
      } else {
        const rows = Object.entries(report.facts).map(([name, value]) => [name, String(value)]);
        console.log(renderTable(["what", "value"], rows));
        for (const check of report.checks) {
          console.log(`${check.passed ? "ok    " : "FAILED"} ${check.name}: ${check.detail}`);
        }
        for (const { severity, text, advice } of report.troubles) {
          console.log(`${severity}: ${text}\n    -> ${advice}`);
        }
        if (report.troubles.length === 0) console.log("nothing that hinders was found");
      }
      if (!report.passed) throw new ExitError(EXIT.failure);
    });
}

function goldenTable(
  quantities: readonly { name: string; deviation: number; limit: number; passed: boolean }[],
): string {
  const failed = quantities.filter(({ passed }) => !passed).length;
  const rows = quantities.map(({ name, deviation, limit, passed }) => [
    name,
    deviation.toExponential(2),
    limit.toExponential(2),
    passed ? "ok" : "OVER",
  ]);
  return `${renderTable(["quantity", "deviation", "limit", ""], rows)}\n` +
    `${quantities.length - failed} of ${quantities.length} within their limits`;
}
