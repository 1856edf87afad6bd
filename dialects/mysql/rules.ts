import type { CatalogRules } from "../../src/catalog/rules.js";
import { canonicalType } from "../shared/type-names.js";

/** What MySQL and MariaDB have in common. */
export const rules: CatalogRules = {
  uniquesAreIndexes: true,
  // https://dev.mysql.com/doc/refman/8.4/en/other-vendor-data-types.html
  canonicalType: canonicalType({
    BOOL: "TINYINT(1)",
    BOOLEAN: "TINYINT(1)",
    DEC: "DECIMAL",
    "DOUBLE PRECISION": "DOUBLE",
    FIXED: "DECIMAL",
    FLOAT4: "FLOAT",
    FLOAT8: "DOUBLE",
    INT: "INTEGER",
    INT1: "TINYINT",
    INT2: "SMALLINT",
    INT3: "MEDIUMINT",
    INT4: "INTEGER",
    INT8: "BIGINT",
    MIDDLEINT: "MEDIUMINT",
    NUMERIC: "DECIMAL",
    REAL: "DOUBLE",
  }),
};
