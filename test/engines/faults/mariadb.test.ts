import { faultsOn } from "./mariadb-faults.js";

faultsOn("mariadb");
