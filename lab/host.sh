# shellcheck shell=bash
# Hosts: network namespaces plugged into the bridges, and servers booted with systemd-nspawn in them. Sourced by the
# world and by `lab`; the functions run inside the world.

# plug NAME: a new network namespace with the interfaces of the table.
# With LATE_PRIVATE=SECONDS the private address comes that much later, as on a host with a slow DHCP server.
plug() {
  local host=$1 name network interface four six link
  ip netns add "$host"
  ip -n "$host" link set lo up
  while read -r name network interface four six; do
    [ "$name" = "$host" ] || continue
    link=${network:0:3}-$host
    if ! ip link show "$link" >/dev/null 2>&1; then
      ip link add "$link" type veth peer name "$interface" netns "$host"
      ip -n "$host" link set "$interface" address "$(hardware_address "$four")" # a reboot doesn't change it
      ip link set "$link" master "$network" up
      ip -n "$host" link set "$interface" up
    fi
    if [ "$network" = private ] && [ -n "${LATE_PRIVATE:-}" ]; then
      (sleep "$LATE_PRIVATE"; addresses "$host" "$interface" "$four" "$six") &
    else
      addresses "$host" "$interface" "$four" "$six"
    fi
    [ "$network" = private ] && continue
    ip -n "$host" route replace default via "$(gateway "$network" 4)"
    ip -n "$host" -6 route replace default via "$(gateway "$network" 5)"
  done < <(grep -v '^#' "$lab/network.table")
}

# hardware_address IPV4: one of the locally administered ones.
hardware_address() {
  local bytes
  IFS=./ read -ra bytes <<<"$1"
  printf '02:00:%02x:%02x:%02x:%02x' "${bytes[@]:0:4}"
}

addresses() {
  ip -n "$1" address add "$3" dev "$2"
  [ "$4" = - ] || ip -n "$1" address add "$4" dev "$2" nodad
}

# gateway NETWORK COLUMN: the router's address (column 4: IPv4, 5: IPv6).
gateway() {
  awk -v network="$1" -v column="$2" \
    '$1 == "router" && $2 == network { sub("/.*", "", $column); print $column }' "$lab/network.table"
}

# unplug NAME: forgets the namespace with all its firewall rules, as a reboot does.
unplug() {
  local link
  for link in "pub-$1" "pri-$1" "out-$1"; do
    ip link show "$link" >/dev/null 2>&1 && ip link delete "$link"
  done
  ip netns delete "$1"
}

# mount_host NAME: its disk, an overlay over the release's tree.
mount_host() {
  local disk=$state/hosts/$1
  mountpoint -q "$disk/root" || mount -t overlay overlay \
    -o "lowerdir=$state/trees/$release,upperdir=$disk/upper,workdir=$disk/work" "$disk/root"
}

# make_host NAME: a bare server as a hosting provider hands it over: its package source, its resolver, an administrator
# `deploy` with the operator's key, and nothing else of ours.
make_host() {
  local host=$1 disk=$state/hosts/$1 root=$state/hosts/$1/root address
  rm -rf --one-file-system "$disk"
  mkdir -p "$disk"/{upper,work,root,docker}
  mount_host "$host"
  echo "$host" >"$root/etc/hostname"
  printf '127.0.0.1 localhost\n127.0.1.1 %s\n::1 localhost ip6-localhost ip6-loopback\n' "$host" >"$root/etc/hosts"
  tr -d - </proc/sys/kernel/random/uuid >"$root/etc/machine-id"
  rm -f "$root"/etc/ssh/ssh_host_* "$root/etc/resolv.conf" "$root"/etc/apt/sources.list.d/*
  echo "nameserver 198.51.100.53" >"$root/etc/resolv.conf"
  echo "deb [trusted=yes] http://packages.example.net/$release ./" >"$root/etc/apt/sources.list"
  chroot "$root" ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key
  chroot "$root" useradd --create-home --shell /bin/bash deploy
  echo 'deploy ALL=(ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/deploy"
  install -d -m 700 "$root/home/deploy/.ssh"
  install -m 600 "$state/shared/ssh/key.pub" "$root/home/deploy/.ssh/authorized_keys"
  chroot "$root" chown -R deploy: /home/deploy/.ssh
  # nspawn mounts the version 1 cgroup hierarchies read-only; a real host's Docker may write to them.
  mkdir -p "$root/etc/systemd/system/sysinit.target.wants"
  cat >"$root/etc/systemd/system/lab-cgroups.service" <<'UNIT'
[Unit]
Description=Make the cgroup hierarchies writable, as they are on a machine of its own
DefaultDependencies=no
Before=sysinit.target
[Service]
Type=oneshot
ExecStart=/bin/sh -c 'for m in $(grep -E " cgroup2? " /proc/mounts | cut -d" " -f2); do mount -o remount,rw,bind $m; done'
[Install]
WantedBy=sysinit.target
UNIT
  ln -s ../lab-cgroups.service "$root/etc/systemd/system/sysinit.target.wants/lab-cgroups.service"
  address=$(awk -v host="$host" '$1 == host && $2 == "public" { sub("/.*", "", $4); print $4 }' "$lab/network.table")
  echo "$host,$address $(cat "$root/etc/ssh/ssh_host_ed25519_key.pub")" >>"$state/shared/ssh/known_hosts"
}

# boot NAME: power on.
boot() {
  plug "$1"
  mount_host "$1"
  supervise "$1" </dev/null >>"$state/log/$1.console" 2>&1 &
}

# supervise NAME: runs the host until it powers itself off; a reboot of its own gets a new network, too.
supervise() {
  local host=$1 code
  while true; do
    code=0
    (enter_cgroup "$host"; machine "$host") &
    echo $! >"$state/hosts/$host/pid"
    wait $! || code=$?
    [ "$code" = 133 ] || return 0 # how nspawn says that its guest wants to be started again
    remove_cgroup "$host"
    unplug "$host"
    plug "$host"
  done
}

# machine NAME: becomes the running host. The lab's clock is this machine's clock, so no host may set it; the kernel's
# settings outside the host's own network are read-only for the same reason.
machine() {
  export SYSTEMD_NSPAWN_LOCK=0 SYSTEMD_NSPAWN_API_VFS_WRITABLE=network
  exec setsid systemd-nspawn --quiet --directory="$state/hosts/$1/root" --machine="$1" --boot --register=no \
    --keep-unit --resolv-conf=off --timezone=off --link-journal=no --console=read-only \
    --network-namespace-path="/run/netns/$1" \
    --capability=all --drop-capability=CAP_SYS_TIME,CAP_SYS_MODULE,CAP_SYS_RAWIO \
    --system-call-filter='add_key keyctl bpf' \
    --bind="$state/hosts/$1/docker:/var/lib/docker"
}

# power_off NAME: a clean shutdown; the host must do it by itself within the time that systemd gives its services.
power_off() {
  local host=$1 disk=$state/hosts/$1 pid leader
  pid=$(cat "$disk/pid")
  leader=$(ps -o pid= --ppid "$pid" | head -1)
  kill -s RTMIN+4 "${leader// /}" # systemd's signal for poweroff.target
  for _ in $(seq 600); do
    [ -d "/proc/$pid" ] || break
    sleep 0.2
  done
  [ ! -d "/proc/$pid" ] || die "$host did not shut down within two minutes"
  umount "$disk/root"
  remove_cgroup "$host"
  unplug "$host"
}
