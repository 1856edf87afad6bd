/**
 * Runs the SQL of its standard input as a program with SQLite inside does: all of it at once, up to the first error.
 *
 *   node sqlite-driver.mjs FILE < script.sql
 */
import { readFileSync } from "node:fs";
import sqlite from "node-sqlite3-wasm";

const database = new sqlite.Database(process.argv[2]);
try {
  database.exec(readFileSync(0, "utf8"));
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
} finally {
  database.close();
}
