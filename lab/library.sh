# shellcheck shell=bash
# What the lab's scripts share: where things are, and how to enter the lab's namespaces. Sourced, never run.

lab=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
repository=$(dirname "$lab")
state=${POLLS_LAB_STATE:-$repository/.polls/lab}
release=${POLLS_LAB_RELEASE:-trixie}
hosts=(proxy1 app1 app2 database1)
# Two labs on one machine must not share a cgroup.
cgroup=polls-lab-$(printf %s "$state" | cksum | cut -d' ' -f1)

say() { printf '%s\n' "lab: $*" >&2; }
die() { say "$*"; exit 1; }

# The process that holds the lab's namespaces; fails when the lab isn't up.
world() {
  local pid
  pid=$(cat "$state/world.pid" 2>/dev/null) || return 1
  grep -qz -- "$lab/world.sh" "/proc/$pid/cmdline" 2>/dev/null || return 1
  echo "$pid"
}

# in_world COMMAND...: runs it in the lab's mount, process and (router's) network namespace.
in_world() {
  local pid
  pid=$(world) || die "the lab isn't up: run 'lab up' first"
  nsenter --target "$pid" --mount --pid --net --ipc --uts -- "$@"
}

# The command line that runs something at NAMESPACE's place of the network with the control tree's programs.
# To be used inside the world. Nothing of this machine's environment reaches it.
control_command() {
  local namespace=$1
  shift
  printf '%s\0' nsenter --net="/run/netns/$namespace" -- chroot "$state/control/root" \
    /usr/bin/env -i HOME=/root LANG=C.UTF-8 TERM="${TERM:-dumb}" POLLS_LAB=1 \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

# in_control NAMESPACE COMMAND...: from outside the world.
in_control() {
  local command
  mapfile -d '' command < <(control_command "$@")
  in_world "${command[@]}"
}

# The directories of one cgroup of the lab, one in each hierarchy of this machine (version 1, 2 or both).
cgroup_directories() {
  local hierarchy
  if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    echo "/sys/fs/cgroup/$1"
    return
  fi
  for hierarchy in /sys/fs/cgroup/*/cgroup.procs; do
    echo "$(dirname "$hierarchy")/$1"
  done
}

# enter_cgroup NAME: makes the cgroup NAME below the lab's and moves this shell into it. Hosts that shared a cgroup
# would see each other's services.
enter_cgroup() {
  local directory parent name
  while read -r directory; do
    parent=$(dirname "$directory")
    mkdir -p "$directory"
    for name in "$parent" "$directory"; do
      if [ -e "$name/cpuset.cpus" ] && [ -e "$name/cgroup.clone_children" ]; then # version 1 starts with an empty set
        cat "$(dirname "$name")/cpuset.cpus" >"$name/cpuset.cpus"
        cat "$(dirname "$name")/cpuset.mems" >"$name/cpuset.mems"
        echo 1 >"$name/cgroup.clone_children"
      fi
    done
    if [ -e "$parent/cgroup.controllers" ]; then
      sed 's/[^ ]*/+&/g' "$parent/cgroup.controllers" >"$parent/cgroup.subtree_control" 2>/dev/null || true
    fi
    echo "$BASHPID" >"$directory/cgroup.procs"
  done < <(cgroup_directories "$cgroup/$1")
}

# remove_cgroup NAME|all: NAME below the lab's, or the lab's own with all below it. Waits for the last process.
remove_cgroup() {
  local directory name=/$1
  [ "$1" != all ] || name=
  while read -r directory; do
    [ -d "$directory" ] || continue
    for _ in $(seq 50); do
      find "$directory" -depth -type d -exec rmdir {} + 2>/dev/null && break
      sleep 0.1
    done
    [ ! -d "$directory" ] || say "could not remove $directory"
  done < <(cgroup_directories "$cgroup$name")
}
