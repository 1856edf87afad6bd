import type { ScriptRules } from "../../src/compiler/dialect.js";

/** The longest MESSAGE_TEXT: https://dev.mysql.com/doc/refman/8.4/en/signal.html */
const longestMessage = 128;

/** An error of its own; a client that goes on after errors finds the session closed to changes. */
export const refuse: ScriptRules["refuse"] = (message, literal) => {
  const text = [...message].slice(0, longestMessage).join("");
  return [`SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = ${literal(text)}`, "SET SESSION TRANSACTION READ ONLY"];
};
