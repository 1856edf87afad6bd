import { arrayType, enumType } from "./generic.js";
import { plain, withOptions } from "./builders.js";
import { intervalArguments, makeType } from "./arguments.js";
import { standardTypes } from "./standard.js";
import type { BitArguments, DomainArguments } from "./type.js";

/** PostgreSQL's own types: https://www.postgresql.org/docs/current/datatype.html */
export const postgresqlTypes = {
  ...standardTypes,
  ARRAY: arrayType,
  BIT: (length?: number, options: Omit<BitArguments, "length"> = {}) =>
    makeType("BIT", { ...options, length }, ["length", "varying"]),
  BYTEA: plain("BYTEA"),
  CIDR: plain("CIDR"),
  CITEXT: plain("CITEXT"),
  DATEMULTIRANGE: plain("DATEMULTIRANGE"),
  DATERANGE: plain("DATERANGE"),
  DOMAIN: (name: string, options: Omit<DomainArguments, "name"> = {}) =>
    makeType("DOMAIN", { ...options, name }, ["name", "schema"]),
  ENUM: enumType,
  HSTORE: plain("HSTORE"),
  INET: plain("INET"),
  INT4MULTIRANGE: plain("INT4MULTIRANGE"),
  INT4RANGE: plain("INT4RANGE"),
  INT8MULTIRANGE: plain("INT8MULTIRANGE"),
  INT8RANGE: plain("INT8RANGE"),
  INTERVAL: withOptions("INTERVAL", intervalArguments),
  JSONB: plain("JSONB"),
  JSONPATH: plain("JSONPATH"),
  MACADDR: plain("MACADDR"),
  MACADDR8: plain("MACADDR8"),
  MONEY: plain("MONEY"),
  NUMMULTIRANGE: plain("NUMMULTIRANGE"),
  NUMRANGE: plain("NUMRANGE"),
  OID: plain("OID"),
  REGCLASS: plain("REGCLASS"),
  REGCONFIG: plain("REGCONFIG"),
  TSMULTIRANGE: plain("TSMULTIRANGE"),
  TSQUERY: plain("TSQUERY"),
  TSRANGE: plain("TSRANGE"),
  TSTZMULTIRANGE: plain("TSTZMULTIRANGE"),
  TSTZRANGE: plain("TSTZRANGE"),
  TSVECTOR: plain("TSVECTOR"),
};
