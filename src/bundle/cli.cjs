#!/usr/bin/env node
"use strict";
const { load, prepareEngine } = require("./load.cjs");

prepareEngine();
load().program.main();
