#!/usr/bin/env bash
# MySQL proper for the tests, on Debian, beside whatever is installed: the server and the client of Debian's unstable
# suite with all their libraries, in a folder of their own. No package is installed, the machine's apt is left as it is,
# and root is not needed. What it holds is in memory where that has room, as that of the servers beside it.
#
#   test/engines/mysql-server.sh          gets what is missing, starts the server, prints its URL; the tests find it
#   test/engines/mysql-server.sh stop     stops it, and removes what it held; what was downloaded stays
#
# SQLEMBIC_MYSQL_FOLDER   where it lives, instead of ~/.cache/sqlembic/mysql
# SQLEMBIC_MYSQL_PORT     its port on 127.0.0.1, instead of 13306
# DEBIAN_MIRROR           where Debian's packages are, instead of http://deb.debian.org/debian
set -euo pipefail
# shellcheck source=server-folder.sh
. "$(dirname "$0")/server-folder.sh"

folder=${SQLEMBIC_MYSQL_FOLDER:-${XDG_CACHE_HOME:-~/.cache}/sqlembic/mysql}
port=${SQLEMBIC_MYSQL_PORT:-13306}
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

programs=$folder/programs
client=$folder/bin/mysql
data=${SQLEMBIC_MYSQL_FOLDER:-$(server_folder mysql)}/data
socket=$folder/mysqld.sock
log=$folder/mysqld.log

# The words that start a program of the folder, by the loader and the libraries that it was built for: those of the
# machine may be older. No file of options: /etc/mysql may be another server's.
command_of() {
  local libraries
  libraries=$(echo "$programs"/usr/lib/*-linux-gnu*)
  command=("$libraries"/ld-linux-*.so.* --library-path "$libraries" "$programs/usr/$1" --no-defaults)
}

# apt with lists, a cache and a state of its own; how the machine's apt reaches the network stays as it is.
apt_here() {
  APT_CONFIG=$folder/apt/apt.conf "$@"
}

prepare_apt() {
  local apt=$folder/apt
  mkdir -p "$apt"/{apt.conf.d,preferences.d,lists/partial,cache/archives/partial}
  : >"$apt/status"
  echo "deb [signed-by=$keyring] $mirror unstable main" >"$apt/sources.list"
  {
    apt-config dump | grep '^Acquire::' || true
    printf '%s "%s";\n' \
      Dir::Etc "$apt" Dir::Etc::SourceList "$apt/sources.list" Dir::Etc::SourceParts - \
      Dir::State::Lists "$apt/lists" Dir::State::Status "$apt/status" Dir::Cache "$apt/cache" \
      Acquire::Languages none APT::Sandbox::User "$(id -un)"
    # a mirror that stands still is as good: what it has is signed all the same
    echo 'Acquire::Check-Valid-Until "false";'
  } >"$apt/apt.conf"
}

# The packages that the two need, themselves included; what they have in Perl is not used.
needed_packages() {
  apt_here apt-get install --simulate --no-install-recommends mysql-server-core mysql-client-core |
    sed -n 's/^Inst \([^ ]*\) .*/\1/p' | grep -v perl
}

download() {
  local unpacked=$folder/programs.new package
  echo "downloading MySQL of Debian's unstable suite into $folder" >&2
  prepare_apt
  apt_here apt-get update -qq --error-on=any >&2
  rm -rf "$folder/packages" "$unpacked"
  mkdir "$folder/packages" "$unpacked"
  (cd "$folder/packages" && needed_packages | apt_here xargs apt-get download -qq >&2)
  for package in "$folder"/packages/*.deb; do dpkg-deb --extract "$package" "$unpacked"; done
  rm -rf "$folder/packages" "$folder/apt"
  mv "$unpacked" "$programs"
}

# The tests call the client by a file, as they call that of any other server; a kill has to reach the client itself.
write_client() {
  mkdir -p "$folder/bin"
  command_of bin/mysql
  {
    echo '#!/usr/bin/env bash'
    printf 'exec'
    printf ' %q' "${command[@]}"
    printf ' "$@"\n'
  } >"$client"
  chmod +x "$client"
}

# Nothing of it has to outlive the tests, so nothing waits for the disk. No file is read or written for a client.
server() {
  command_of sbin/mysqld
  "${command[@]}" --datadir="$data" --basedir="$programs/usr" --user="$(id -un)" \
    --lc-messages-dir="$programs/usr/share/mysql" --secure-file-priv=NULL --innodb-flush-method=nosync "$@"
}

initialize() {
  rm -rf "$data" "$data.new"
  mkdir -p "$(dirname "$data")"
  server --datadir="$data.new" --initialize-insecure --log-error="$log"
  mv "$data.new" "$data"
}

answers() { "$client" --user=root --socket="$socket" --execute 'SELECT 1' >/dev/null 2>&1; }

start() {
  mkdir -p "$folder"
  exec 9>"$folder/lock"
  flock 9
  trap 'explain $?' EXIT
  [ -d "$programs" ] || download
  write_client
  if ! answers; then
    : >"$log"
    [ -d "$data" ] || initialize
    # without the lock, which it would hold as long as it runs
    server --daemonize --socket="$socket" --pid-file="$folder/pid" --log-error="$log" \
      --bind-address=127.0.0.1 --port="$port" --mysqlx=OFF --skip-log-bin --innodb-doublewrite=OFF \
      --innodb-flush-log-at-trx-commit=0 9>&-
    answers
  fi
  echo "mysql://root@localhost/?socket=$socket&client=$client" | tee "$folder/url"
}

explain() {
  if [ "$1" -eq 0 ]; then return; fi
  if [ -s "$log" ]; then tail -n 20 "$log" >&2; fi
  echo "MySQL could not be had in $folder" >&2
}

case ${1:-start} in
  start) start ;;
  stop)
    "$client" --user=root --socket="$socket" --execute SHUTDOWN
    while [ -e "$folder/pid" ]; do sleep 0.1; done
    rm -rf "$folder/url" "$data"
    ;;
  *)
    echo "usage: $0 [start | stop]" >&2
    exit 2
    ;;
esac
