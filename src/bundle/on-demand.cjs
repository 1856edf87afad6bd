"use strict";
/* What src/on-demand.ts is to the sources, for the bundled program. */
module.exports = { requirePackage: require, importModule: (specifier) => import(specifier) };
