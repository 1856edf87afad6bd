import { describe, expect, it } from "vitest";
import { enclose } from "../../../dialects/mysql/delimiter.js";

describe("a statement goes between DELIMITER lines", () => {
  it.each([
    "CREATE PROCEDURE p() BEGIN SELECT 1; END",
    "create or replace definer=`a;b`@`%` trigger t before insert on x for each row begin do 1; end",
    "CREATE DEFINER = 'me'@'localhost' FUNCTION f() RETURNS INT BEGIN RETURN 1; END",
    "/* first */ CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DO 1; END",
    "-- the trigger\nCREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW BEGIN DO 1; END",
    "/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 TRIGGER t BEFORE INSERT ON x FOR EACH ROW BEGIN DO 1; END */",
    "BEGIN NOT ATOMIC SELECT 1; SELECT 2; END",
    "ALTER EVENT e DO BEGIN DO 1; DO 2; END",
  ])("%s", (sql) => {
    expect(enclose(sql)).toEqual({ before: "DELIMITER $$\n", after: "\n$$\nDELIMITER ;" });
  });

  it("with a delimiter that is not in it", () => {
    const sql = "CREATE PROCEDURE p() BEGIN SELECT '$$', '$$$'; END";
    expect(enclose(sql)).toEqual({ before: "DELIMITER $$$$\n", after: "\n$$$$\nDELIMITER ;" });
  });
});

describe("a statement stays as it is", () => {
  it.each([
    "CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW SET NEW.a = 1",
    "CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW SET NEW.a = 'it''s; done' -- ; really",
    "CREATE TABLE t (a INT DEFAULT (f()), b TEXT COMMENT 'the procedure; p')",
    "UPDATE a SET b = 1; UPDATE c SET d = 2",
    "CREATE VIEW v AS SELECT 1; CREATE PROCEDURE p() SELECT 1",
    "DROP PROCEDURE p",
  ])("%s", (sql) => {
    expect(enclose(sql)).toBeUndefined();
  });
});
