import { nodeExecutable, remedy, supportedNodes } from "./nodes.mjs";

/** In continuous integration nothing may be skipped unseen: a missing Node fails the run before its first test. */
export default function requireNodes(): void {
  if (!["true", "1"].includes(process.env["CI"] ?? "")) return;
  const missing = supportedNodes.filter((major) => nodeExecutable(major) === undefined);
  if (missing.length > 0) throw new Error(`CI is set, and Node ${missing.join(", ")} is not here: ${remedy}`);
}
