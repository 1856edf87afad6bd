/** The blocks that SQL*Plus sends to the server; fails where it would do anything else than what the text says. */
export function sqlPlusBlocks(script: string): readonly string[] {
  const blocks: string[] = [];
  let replacesVariables = true;
  let block: string[] | undefined;
  for (const line of script.split(/\r\n|\n|\r/)) {
    if (replacesVariables && line.includes("&")) throw new Error(`SQL*Plus asks for a value: ${line}`);
    if (/-\s*$/.test(line)) throw new Error(`SQL*Plus goes on with the next line: ${line}`);
    if (line.length > 2499) throw new Error("SQL*Plus cuts the line");
    if (block === undefined) {
      if (/^(?:DECLARE|BEGIN)$/.test(line)) block = [line];
      else if (line === "SET DEFINE OFF") replacesVariables = false;
      else if (!/^(?:--.*|WHENEVER \w+ EXIT FAILURE ROLLBACK|SET \w+ (?:ON|OFF))?$/.test(line)) {
        throw new Error(`SQL*Plus does not know: ${line}`);
      }
    } else if (/^\s*\/\s*$/.test(line)) {
      if (line !== "/" || block.at(-1) !== "END;")
        throw new Error(`SQL*Plus runs the block too early, behind ${block.at(-1)}`);
      blocks.push(block.join("\n"));
      block = undefined;
    } else if (/^\s*(?:\.\s*$|#)/.test(line)) throw new Error(`SQL*Plus does not take: ${line}`);
    else block.push(line);
  }
  return blocks; // a block without its slash is not run
}

const closing: Readonly<Record<string, string>> = { "[": "]", "{": "}", "<": ">", "(": ")" };

/** Reads a string of PL/SQL that may be joined of several. */
class Expression {
  position = 0;

  constructor(readonly text: string) {}

  take(token: string): boolean {
    this.position += /^\s*/.exec(this.text.slice(this.position))?.[0].length ?? 0;
    if (!this.text.startsWith(token, this.position)) return false;
    this.position += token.length;
    return true;
  }

  #until(end: string): string {
    const place = this.text.indexOf(end, this.position);
    if (place === -1) throw new Error("a string is not closed");
    const content = this.text.slice(this.position, place);
    this.position = place + end.length;
    if (Buffer.byteLength(content, "utf8") > 32767) throw new Error("a literal is too long");
    return content;
  }

  #part(): string {
    if (this.take("CHR(10)")) return "\n";
    if (this.take("TO_CLOB(")) {
      const part = this.value();
      if (!this.take(")")) throw new Error("TO_CLOB is not closed");
      return part;
    }
    if (this.take("q'")) {
      const open = this.text[this.position++] ?? "";
      return this.#until(`${closing[open] ?? open}'`);
    }
    if (!this.take("'")) throw new Error(`no string: ${this.text.slice(this.position, this.position + 40)}`);
    let content = this.#until("'");
    while (this.text[this.position] === "'") {
      this.position += 1;
      content += `'${this.#until("'")}`;
    }
    return content;
  }

  value(): string {
    let value = this.#part();
    while (this.take("||")) value += this.#part();
    return value;
  }
}

/** The value of a string of PL/SQL, and how much of the text it is. */
export function readString(text: string): { readonly value: string; readonly end: number } {
  const expression = new Expression(text);
  const value = expression.value();
  return { value, end: expression.position };
}

/** The statements that a block runs as text, and what it is without them. */
export function readBlock(block: string): { readonly outline: string; readonly executed: readonly string[] } {
  const word = "EXECUTE IMMEDIATE ";
  const executed: string[] = [];
  let outline = "";
  let rest = block;
  for (let place = rest.indexOf(word); place !== -1; place = rest.indexOf(word)) {
    outline += rest.slice(0, place + word.length);
    const { value, end } = readString(rest.slice(place + word.length));
    executed.push(value);
    outline += "…";
    rest = rest.slice(place + word.length + end);
  }
  return { outline: (outline + rest).replace(/^--.*$/gm, "--"), executed };
}
