import process from "node:process";

/** Milliseconds of the processor that this process has had. */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
