#!/bin/sh
# Runs a command in a root that make-root.ts made as the container would: read-only, and as nobody in
# particular. It stands in for an engine where none is: docker run --read-only does the same and more.
#   sh apps/server/docker/run-root.sh FOLDER /bin/node /app/server/dist/node.js
set -eu
# Where chroot is, on the PATH of a user who is not root too.
PATH="$PATH:/usr/sbin:/sbin"
mounted='mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec chroot'
if [ "$(id -u)" = 0 ]; then
  exec unshare --mount sh -c "$mounted --userspec=10001:10001 \"\$0\" \"\$@\"" "$@"
fi
exec unshare --map-root-user --mount sh -c "$mounted \"\$0\" \"\$@\"" "$@"
