import { faultsOn } from "./mariadb-faults.js";

faultsOn("mysql");
