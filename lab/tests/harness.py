"""What the lab's tests share: checks that count, and ways to reach the hosts.

The tests run on the control node's tree inside the lab's process and mount namespaces, so they may enter the network
namespace of every host. Whatever sends traffic goes through `inside-lab`, which refuses to run anywhere else.
"""

import contextlib
import json
import os
import pathlib
import re
import shlex
import signal
import subprocess
import sys
import time

DOMAIN = "polls.example.org"
HOSTS = ("proxy1", "app1", "app2", "database1")
SHARED = pathlib.Path("/lab")
LAB = pathlib.Path(__file__).resolve().parent.parent

passed = 0
failed = []


def check(name, condition, detail=""):
    """One line of the result. `detail` says what was seen, and is shown when the check fails."""
    global passed
    if condition:
        passed += 1
        print(f"ok     {name}", flush=True)
    else:
        failed.append(name)
        print(f"not ok {name}", flush=True)
        for line in str(detail).splitlines()[-40:]:
            print(f"       {line}", flush=True)
    return bool(condition)


def equal(name, seen, expected):
    return check(name, seen == expected, f"expected {expected!r}\nseen     {seen!r}")


def say(text):
    print(f"       {text}", flush=True)


def command(*arguments, timeout=120, stdin=None):
    """Runs a program and returns its exit code and what it said (standard output, then standard error)."""
    done = subprocess.run(arguments, capture_output=True, text=True, errors="replace", timeout=timeout, input=stdin)
    return done.returncode, done.stdout + done.stderr


def at(namespace, *arguments):
    """The command line of a program of the control tree that runs in a place's network namespace."""
    return ["nsenter", f"--net=/run/netns/{namespace}", str(LAB / "inside-lab"), *arguments]


def ssh(host, script, timeout=120):
    """Runs a shell script on a host as root, the operator's way; returns exit code and output."""
    return command("ssh", host, f"sudo bash -euo pipefail -c {shlex.quote(script)}", timeout=timeout)


def on(host, script, timeout=120):
    """Like ssh, for what must succeed: returns the output."""
    code, output = ssh(host, script, timeout)
    if code:
        raise RuntimeError(f"{host}: {script}: {output}")
    return output.strip()


def play(playbook, *arguments, timeout=1500):
    """Runs a playbook as the operator would; returns exit code, output, and the recap as {host: {word: count}}."""
    done = subprocess.run(
        [str(LAB / "inside-lab"), "ansible-playbook", "-i", str(LAB / "inventory"), playbook, *arguments],
        cwd=LAB.parent / "ansible",
        capture_output=True,
        text=True,
        timeout=timeout,
    )
    recap = {}
    for line in done.stdout.partition("PLAY RECAP")[2].splitlines():
        if found := re.match(r"(\S+)\s+: (.*)", line):
            recap[found[1]] = {word: int(number) for word, number in re.findall(r"(\w+)=(\d+)", found[2])}
    return done.returncode, done.stdout + done.stderr, recap


def world(function, *arguments, **environment):
    """Calls a function of host.sh outside the control tree, at the router: power, cables."""
    script = 'set -euo pipefail; lab=$1; shift; . "$lab/library.sh"; . "$lab/host.sh"; "$@"'
    code, output = command(
        "nsenter",
        "--target",
        "1",
        "--net",
        "chroot",
        "/proc/1/root",
        "env",
        f"POLLS_LAB_STATE={os.environ['POLLS_LAB_STATE']}",
        f"POLLS_LAB_RELEASE={os.environ['POLLS_LAB_RELEASE']}",
        *[f"{name}={value}" for name, value in environment.items()],
        "bash",
        "-c",
        script,
        "world",
        os.environ["POLLS_LAB_DIRECTORY"],
        function,
        *arguments,
        timeout=300,
    )
    if code:
        raise RuntimeError(f"{function} {arguments}: {output}")


def power_off(host):
    world("power_off", host)


def power_on(host, late_private=None):
    world("boot", host, **({"LATE_PRIVATE": late_private} if late_private else {}))


def eventually(condition, seconds):
    """Waits until the condition holds; returns how long it took, or None when it did not."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        if condition():
            return round(time.monotonic() - start, 1)
        time.sleep(0.3)
    return None


class Response:
    """An HTTP answer as curl saw it; status 0 means that there was none."""

    def __init__(self, code, output):
        self.curl = code
        self.text = output
        head, _, self.body = output.replace("\r\n", "\n").partition("\n\n")
        first, *lines = head.split("\n") if head else [""]
        found = re.match(r"HTTP/\S+ (\d+)", first)
        self.status = int(found[1]) if found else 0
        self.version = first.split(" ")[0]
        self.headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            self.headers.setdefault(name.strip().lower(), []).append(value.strip())

    def header(self, name):
        return "; ".join(self.headers.get(name, []))

    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            return {}

    def __repr__(self):
        return f"curl exit {self.curl}\n{self.text}"


def root_certificate(authority="acme"):
    """The root of one of the lab's certificate authorities, made anew at each start of the lab."""
    return str(SHARED / "pki" / f"{authority}-root.pem")


def fetch(address, *arguments, place="client", family=4, authority="acme", timeout=20):
    """What curl gets at a place of the network; the certificate must be of the authority (None: plain HTTP, or any)."""
    trust = ["--cacert", root_certificate(authority)] if authority else ["--insecure"]
    return Response(
        *command(
            *at(
                place,
                "curl",
                "--silent",
                "--show-error",
                "--include",
                "--max-time",
                str(timeout),
                f"-{family}",
                *trust,
                *arguments,
                address,
            ),
            timeout=timeout + 20,
        )
    )


@contextlib.contextmanager
def background(*arguments):
    """A program that runs meanwhile; on leaving it gets SIGTERM, and its output is then in the list that was given."""
    output = []
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    try:
        yield output
    finally:
        process.send_signal(signal.SIGTERM)
        output.append(process.communicate(timeout=30)[0])


def summary():
    if failed:
        print("Failed:")
        for name in failed:
            print(f"  {name}")
    print(f"{passed} passed, {len(failed)} failed")
    sys.exit(1 if failed else 0)
