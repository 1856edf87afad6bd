#!/usr/bin/env bash
# A PostgreSQL for the tests alone, of the programs that are installed. What it holds is in memory where that has room,
# and nothing waits for the disk: a database of its own for each test costs a twentieth of what it costs elsewhere. Other
# servers of the machine are left alone.
#
#   test/engines/postgresql-server.sh          starts it where it does not run, prints its URL
#   test/engines/postgresql-server.sh stop     stops it, and removes what it held
#
# SQLEMBIC_POSTGRESQL_FOLDER   where it lives, instead of a folder in /dev/shm or /tmp
# SQLEMBIC_POSTGRESQL_PORT     its port on 127.0.0.1, instead of 15432
set -euo pipefail
# shellcheck source=server-folder.sh
. "$(dirname "$0")/server-folder.sh"

folder=${SQLEMBIC_POSTGRESQL_FOLDER:-$(server_folder postgresql)}
port=${SQLEMBIC_POSTGRESQL_PORT:-15432}
url=postgresql://postgres@127.0.0.1:$port/postgres
log=$folder/log

# Debian keeps the programs of each version in a folder, and has none but the clients on the path.
initdb=$(find /usr/lib/postgresql/*/bin -name initdb 2>/dev/null | sort -V | tail -n 1)
[ -n "$initdb" ] || initdb=$(command -v initdb) || { echo "PostgreSQL is not installed" >&2; exit 1; }
programs=$(dirname "$(readlink -f "$initdb")")

# The server does not run as root: https://www.postgresql.org/docs/current/postgres-user.html
if [ "$(id -u)" -eq 0 ]; then owner=postgres; else owner=$(id -un); fi
as_owner() {
  if [ "$(id -un)" = "$owner" ]; then "$@"; else setpriv --reuid="$owner" --regid="$owner" --init-groups "$@"; fi
}

answers() { psql -X -w -d "$url" -c 'SELECT 1' >/dev/null 2>&1; }

start() {
  if answers; then return 0; fi
  install -d -o "$owner" "$folder"
  cd "$folder"
  if [ ! -d data ]; then
    as_owner "$programs/initdb" --pgdata=data --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
      --no-sync >/dev/null
  fi
  local settings="-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories= -c autovacuum=off"
  # https://www.postgresql.org/docs/current/non-durability.html
  settings+=" -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
  as_owner "$programs/pg_ctl" --pgdata=data --log="$log" --options="$settings" --wait --silent start >&2 ||
    { tail -n 20 "$log" >&2; return 1; }
}

case ${1:-start} in
  start)
    start
    echo "$url"
    ;;
  stop)
    cd "$folder"
    as_owner "$programs/pg_ctl" --pgdata=data --mode=immediate --silent stop
    rm -rf "$folder"
    ;;
  *)
    echo "usage: $0 [start | stop]" >&2
    exit 2
    ;;
esac
