#!/usr/bin/env bash
# A MariaDB for the tests alone, of the programs that are installed. What it holds is in memory where that has room, and
# nothing waits for the disk. Other servers of the machine are left alone.
#
#   test/engines/mariadb-server.sh          starts it where it does not run, prints its URL
#   test/engines/mariadb-server.sh stop     stops it, and removes what it held
#
# SQLEMBIC_MARIADB_FOLDER   where it lives, instead of a folder in /dev/shm or /tmp
set -euo pipefail
# shellcheck source=server-folder.sh
. "$(dirname "$0")/server-folder.sh"

folder=${SQLEMBIC_MARIADB_FOLDER:-$(server_folder mariadb)}
socket=$folder/mariadbd.sock
log=$folder/log
owner=$(id -un)

# Debian has it where only root has a path to.
server=$(PATH=$PATH:/usr/sbin command -v mariadbd)

answers() { mariadb --no-defaults --user=root --socket="$socket" --execute='SELECT 1' >/dev/null 2>&1; }

start() {
  if answers; then return 0; fi
  mkdir -p "$folder"
  # for a client that is called without any option, when MYSQL_HOME names this folder
  printf '[client]\nuser=root\nsocket=%s\n' "$socket" >"$folder/my.cnf"
  if [ ! -d "$folder/data" ]; then
    mariadb-install-db --no-defaults --datadir="$folder/data" --user="$owner" --skip-test-db \
      --auth-root-authentication-method=normal >"$log" 2>&1 || { tail -n 20 "$log" >&2; return 1; }
  fi
  # the character set is Debian's choice
  "$server" --no-defaults --datadir="$folder/data" --user="$owner" --socket="$socket" --pid-file="$folder/pid" \
    --skip-networking --character-set-server=utf8mb4 --collation-server=utf8mb4_general_ci \
    --sync-frm=OFF --innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=OFF --innodb-flush-method=nosync \
    >"$log" 2>&1 </dev/null &
  for _ in $(seq 600); do
    if answers; then return 0; fi
    kill -0 $! 2>/dev/null || break
    sleep 0.1
  done
  tail -n 20 "$log" >&2
  return 1
}

case ${1:-start} in
  start)
    start
    echo "mysql://root@localhost/?socket=$socket"
    ;;
  stop)
    mariadb-admin --no-defaults --user=root --socket="$socket" shutdown
    rm -rf "$folder"
    ;;
  *)
    echo "usage: $0 [start | stop]" >&2
    exit 2
    ;;
esac
