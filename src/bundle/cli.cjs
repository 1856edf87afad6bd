#!/usr/bin/env node
"use strict";
const { setFlagsFromString } = require("node:v8");

for (const flag of require("./v8-flags.cjs")) setFlagsFromString(flag);
require("./program.cjs").main();
