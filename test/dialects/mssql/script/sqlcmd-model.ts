/** Lines that any sqlcmd, of ODBC or of Go, could take for a command, also inside strings and comments. */
const command = /^\s*(?::|!!|(?:ed|exit|quit|reset|on\s+error)(?!\w))/i;

/** The batches that sqlcmd sends to the server; fails where it would do anything else. */
export function sqlcmdBatches(script: string): readonly string[] {
  const batches: string[] = [];
  let lines: string[] = [];
  for (const line of script.split(/\r\n|\n|\r/)) {
    if (command.test(line)) throw new Error(`sqlcmd runs: ${line}`);
    if (line.includes("$(")) throw new Error(`sqlcmd replaces a variable: ${line}`);
    if (/^\s*go\b/i.test(line)) {
      if (line !== "GO") throw new Error(`sqlcmd ends the batch at: ${line}`);
      batches.push(lines.join("\n"));
      lines = [];
    } else lines.push(line);
  }
  return [...batches, lines.join("\n")].filter((batch) => batch.trim() !== "");
}

const piece = /--[^\n]*|\[(?:[^\]]|\]\])*\]|EXEC\((?=N')|N?'(?:[^']|'')*'|[^]/gy;

/** What the batch has at its top level, strings as `'…'`; and the texts that EXEC runs. */
export function readBatch(batch: string): { readonly outline: string; readonly executed: readonly string[] } {
  const executed: string[] = [];
  let outline = "";
  let text: string | undefined;
  for (const [found] of batch.matchAll(piece)) {
    if (found === "EXEC(") text = "";
    else if (text !== undefined && found.startsWith("N'")) text += found.slice(2, -1).replaceAll("''", "'");
    else if (text !== undefined && found === ")") {
      executed.push(text);
      text = undefined;
      outline += "EXEC(…)";
    } else if (text !== undefined && !/^[\s+]$/.test(found)) throw new Error(`not a string in EXEC: ${found}`);
    else if (text === undefined && !found.startsWith("--")) outline += /^N?'./.test(found) ? "'…'" : found;
  }
  if (text !== undefined) throw new Error("EXEC is not closed");
  return { outline, executed };
}
