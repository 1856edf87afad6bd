import { arrayType, enumType } from "./generic.js";
import { simple, withOptions } from "./builders.js";
import { intervalArguments, makeType } from "./arguments.js";
import { standardTypes } from "./standard.js";
import type { BitArguments, DomainArguments } from "./type.js";

/** PostgreSQL's own types: https://www.postgresql.org/docs/current/datatype.html */
export const postgresqlTypes = {
  ...standardTypes,
  ARRAY: arrayType,
  BIT: (length?: number, options: Omit<BitArguments, "length"> = {}) =>
    makeType("BIT", { ...options, length }, ["length", "varying"]),
  BYTEA: simple("BYTEA"),
  CIDR: simple("CIDR"),
  CITEXT: simple("CITEXT"),
  DATEMULTIRANGE: simple("DATEMULTIRANGE"),
  DATERANGE: simple("DATERANGE"),
  DOMAIN: (name: string, options: Omit<DomainArguments, "name"> = {}) =>
    makeType("DOMAIN", { ...options, name }, ["name", "schema"]),
  ENUM: enumType,
  HSTORE: simple("HSTORE"),
  INET: simple("INET"),
  INT4MULTIRANGE: simple("INT4MULTIRANGE"),
  INT4RANGE: simple("INT4RANGE"),
  INT8MULTIRANGE: simple("INT8MULTIRANGE"),
  INT8RANGE: simple("INT8RANGE"),
  INTERVAL: withOptions("INTERVAL", intervalArguments),
  JSONB: simple("JSONB"),
  JSONPATH: simple("JSONPATH"),
  MACADDR: simple("MACADDR"),
  MACADDR8: simple("MACADDR8"),
  MONEY: simple("MONEY"),
  NUMMULTIRANGE: simple("NUMMULTIRANGE"),
  NUMRANGE: simple("NUMRANGE"),
  OID: simple("OID"),
  REGCLASS: simple("REGCLASS"),
  REGCONFIG: simple("REGCONFIG"),
  TSMULTIRANGE: simple("TSMULTIRANGE"),
  TSQUERY: simple("TSQUERY"),
  TSRANGE: simple("TSRANGE"),
  TSTZMULTIRANGE: simple("TSTZMULTIRANGE"),
  TSTZRANGE: simple("TSTZRANGE"),
  TSVECTOR: simple("TSVECTOR"),
};
