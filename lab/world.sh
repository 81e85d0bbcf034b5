#!/bin/bash
# world.sh: process 1 of the lab's own process, mount, network, IPC and UTS namespaces. `lab up` starts it through
# unshare. When it ends, the kernel ends every process of the lab and forgets every mount, interface and namespace of
# it: that is all that `lab down` needs to do. The network namespace it lives in is the lab's router.
set -euo pipefail
# shellcheck source=lab/library.sh
. "$(dirname "$(readlink -f "$0")")/library.sh"
# shellcheck source=lab/host.sh
. "$lab/host.sh"
# shellcheck source=lab/services.sh
. "$lab/services.sh"

[ $$ = 1 ] || die "world.sh is started by 'lab up' only"
[ "$(ip -o link show | grep -cv ': lo:')" = 0 ] || die "the new network namespace isn't empty: refusing to start"

enter_cgroup world
mount -t tmpfs -o mode=755 tmpfs /run # named network namespaces and nspawn's files stay in here
mkdir -p /run/netns /run/lock
mount --bind /run/netns /run/netns
mount --make-shared /run/netns # so that the control tree sees a namespace that is made later

router() {
  local name network interface four six
  ip link set lo up
  sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
  for network in public private outside; do
    ip link add "$network" type bridge
    ip link set "$network" up
  done
  while read -r name network interface four six; do
    [ "$name" = router ] || continue
    # Fixed: a bridge without one takes that of a port, and another when that host is rebooted, which the others' tables
    # of neighbours would not know of.
    ip link set "$network" address "$(hardware_address "$four")"
    ip address add "$four" dev "$network"
    ip address add "$six" dev "$network" nodad
  done < <(grep -v '^#' "$lab/network.table")
}

control_tree() {
  local root=$state/control/root directory
  rm -rf --one-file-system "$state/control"
  mkdir -p "$state/control"/{upper,work,root} "$state/shared"
  mount -t overlay overlay \
    -o "lowerdir=$state/trees/control,upperdir=$state/control/upper,workdir=$state/control/work" "$root"
  mount -t proc proc "$root/proc"
  mount -t sysfs -o ro sysfs "$root/sys"
  mount --rbind /dev "$root/dev"
  for directory in run tmp; do mount -t tmpfs tmpfs "$root/$directory"; done
  mkdir -p "$root/polls" "$root/lab" "$root/run/netns"
  mount --bind "$repository" "$root/polls"
  mount -o remount,bind,ro "$root/polls"
  mount --bind "$state/shared" "$root/lab"
  mount --rbind /run/netns "$root/run/netns"
  echo "nameserver 198.51.100.53" >"$root/etc/resolv.conf"
  awk '!/^#/ && $1 != "router" && $1 != "internet" && ($2 != "private" || $1 == "neighbour") {
    split($4, four, "/"); print four[1], $1 }' "$lab/network.table" >"$root/etc/hosts"
  echo "127.0.0.1 localhost" >>"$root/etc/hosts"
}

router
for name in control client internet neighbour; do plug "$name"; done
control_tree
keys
secrets
services
for name in "${hosts[@]}"; do make_host "$name"; boot "$name"; done
touch "$state/world.ready"

# Reaps what the lab's processes leave behind, until the lab is taken down.
trap 'exit 0' TERM
while true; do
  sleep 3600 &
  wait $! || true
done
