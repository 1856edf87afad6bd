# Read by the scripts beside it, which start servers for the tests.

# A folder for what such a server holds: in memory where that has room for it, which containers may lack.
server_folder() {
  local parent=${TMPDIR:-/tmp} free
  free=$(df --output=avail --block-size=1M /dev/shm 2>/dev/null | tail -n 1)
  if [ "${free:-0}" -ge 2000 ] && [ -w /dev/shm ]; then parent=/dev/shm; fi
  echo "$parent/sqlembic-$(id -un)/$1"
}
