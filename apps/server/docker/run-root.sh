#!/bin/sh
# Runs a command in a root of make-root.ts as the container would: read-only, and as an ordinary user.
# For machines without Docker: docker run --read-only does the same and more.
#   sh apps/server/docker/run-root.sh FOLDER /bin/node /app/server/dist/node.js
set -eu
# chroot is here. The PATH of a user who is not root may lack it.
PATH="$PATH:/usr/sbin:/sbin"
mounted='mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec chroot'
if [ "$(id -u)" = 0 ]; then
  exec unshare --mount sh -c "$mounted --userspec=10001:10001 \"\$0\" \"\$@\"" "$@"
fi
exec unshare --map-root-user --mount sh -c "$mounted \"\$0\" \"\$@\"" "$@"
