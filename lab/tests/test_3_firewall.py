"""The firewall: who reaches which port, over which family, and what could undo it.

firewall.csv is the whole truth: a row for each source, destination and family, a column for each port; "open" or "-".
"""

import csv
import json
import pathlib
import re
import time

from harness import (
    ADDRESSES,
    HOSTS,
    at,
    background,
    check,
    command,
    equal,
    eventually,
    on,
    power_off,
    power_on,
    say,
    ssh,
)

PROBE = str(pathlib.Path(__file__).with_name("probe.py"))
THROW_AWAY = 8081
# Sources that must never get through to the throw-away container.
STRANGERS = ("client", "neighbour", "proxy1", "app2")


def target(destination, family, port):
    return f"{ADDRESSES[tuple(destination.split('-'))][family]}:{port}"


def probe(source, targets, seconds=1.5):
    if source != "container":
        code, output = command(*at(source, "python3", PROBE, str(seconds), *targets))
    else:  # in the network namespace of app1's application container, with the host's Python
        code, output = ssh(
            "app1",
            "nsenter --target $(docker inspect --format '{{.State.Pid}}' polls-app) --net "
            f"python3 - {seconds} {' '.join(targets)} <<'PROGRAM'\n{pathlib.Path(PROBE).read_text()}\nPROGRAM",
        )
    if code:
        raise RuntimeError(output)
    return json.loads(output)


def table(when):
    """Every cell; one check for all closed cells, one for all open ones, of each source."""
    with open(pathlib.Path(__file__).with_name("firewall.csv"), newline="") as file:
        rows = list(csv.DictReader(file))
    for source in dict.fromkeys(row["source"] for row in rows):
        expected = {}
        for row in rows:
            if row["source"] == source:
                for port in (column for column in row if column.isdigit()):
                    expected[target(row["destination"], int(row["family"]), port)] = row[port] == "open"
        closed = [place for place, is_open in expected.items() if not is_open]
        leaks = [place for place, seen in probe(source, closed).items() if seen == "open"]
        check(f"{when}: {source} is kept out of {len(closed)} places", not leaks, f"open: {leaks}")
        if len(closed) < len(expected):
            # As patient as a client's kernel, which asks again for an address or a connection that was not answered.
            seen = probe(source, [place for place in expected if expected[place]], seconds=10)
            broken = {place: found for place, found in seen.items() if found != "open"}
            check(f"{when}: {source} gets into the {len(seen)} places it may", not broken, broken)


def throw_away_targets():
    return [target(f"app1-{network}", family, THROW_AWAY) for network in ("public", "private") for family in (4, 6)]


def throw_away_container():
    """Somebody tries something out on app1, as people do: a container on every address of the host.

    Its port inside is 9990: what the proxy may reach is any container's port 8080.
    """
    on(
        "app1",
        "docker rm --force throw-away >/dev/null 2>&1; docker run --detach --restart always --name throw-away "
        f"--publish {THROW_AWAY}:9990 registry.example.net/polls:stand-in",
    )
    if not eventually(
        lambda: not ssh("app1", f"curl --silent --output /dev/null http://127.0.0.1:{THROW_AWAY}/health/live")[0], 20
    ):
        raise RuntimeError("the throw-away container does not answer")


def reach(sources):
    """Which sources reach the throw-away container."""
    return {source for source in sources if "open" in probe(source, throw_away_targets()).values()}


def run(full):
    bypass()
    table("after the play")
    routed()
    events()


def bypass():
    throw_away_container()
    equal("a container on 0.0.0.0 is out of everybody's reach", reach(STRANGERS), set())
    # The same without our rules: ufw's "deny" alone does not cover containers.
    on("app1", "iptables --flush DOCKER-USER; ip6tables --flush DOCKER-USER")
    check("ufw denies by default all the while", "deny (incoming)" in on("app1", "ufw status verbose"))
    equal("without the rules it is open to everybody: the bypass is real", reach(STRANGERS), set(STRANGERS))
    on("app1", "ufw reload")
    equal("a reload of ufw closes it again", reach(STRANGERS), set())


def routed():
    """A neighbour may send packets for a container's own address to the host, with no published port at all."""
    inner = on("app1", "docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' polls-app")
    route = ["ip", "route", "replace", f"{inner}/32", "via", "10.77.0.11"]
    command(*at("neighbour", *route))
    seen = probe("neighbour", [f"{inner}:{port}" for port in (7600, 8080, 9990)])
    command(*at("neighbour", *[word if word != "replace" else "delete" for word in route]))
    check("a neighbour that routes to the container's own address gets nowhere", "open" not in seen.values(), seen)


def watched(name, event):
    """While something happens, and for ten seconds after, nothing may open even for a moment.

    One exception, of ufw's own making: it reloads by taking all its rules away and putting them back, so that programs
    of the host itself are open for that moment. Docker's relay for IPv6, in front of the throw-away container, is one.
    Our own containers have no such relay on any address that a stranger reaches.
    """
    relays = () if name.endswith("ufw") else (6,)
    targets = [
        target(f"app1-{network}", family, THROW_AWAY) for network in ("public", "private") for family in (4, *relays)
    ] + [
        target(f"app1-{network}", family, port)
        for network in ("public", "private")
        for family in (4, 6)
        for port in (8080, 9990)
    ]
    sources = {"client": targets, "neighbour": targets, "app2": targets}
    outputs = []

    def start(remaining):
        if not remaining:
            event()
            time.sleep(10)
            return
        source = remaining[0]
        with background(*at(source, "python3", PROBE, "watch", *sources[source])) as output:
            outputs.append((source, output))
            start(remaining[1:])

    start(list(sources))
    for source, output in outputs:
        seen = json.loads(output[0])
        check(
            f"{name}: nothing opens to {source} meanwhile ({seen['rounds']} rounds)",
            seen["rounds"] and not seen["open"],
            seen,
        )


def application_ready(host="app1"):
    return not ssh(host, "docker inspect --format '{{.State.Health.Status}}' polls-app | grep -qx healthy")[0]


def events():
    def reboot():
        power_off("app1")
        power_on("app1", late_private=8)
        took = eventually(application_ready, 120)
        check(
            "app1 is back by itself after a boot in which its private address came eight seconds late",
            took,
            "not within 120 s",
        )
        say(f"{took} s")

    def recreate():
        # As somebody would by hand: the same container, with another address in the end.
        throw_away_container()
        on("app1", "docker restart polls-app")

    for name, event in {
        "a reload of ufw": lambda: on("app1", "ufw reload"),
        "a restart of ufw": lambda: on("app1", "systemctl restart ufw"),
        "a restart of Docker": lambda: on("app1", "systemctl restart docker"),
        "a re-created container": recreate,
        "a reboot": reboot,
    }.items():
        watched(name, event)
        if not eventually(application_ready, 60):
            check(f"the application is healthy after {name}", False, on("app1", "docker ps --all"))
        table(f"after {name}")
    check(
        "the throw-away container did run all the while",
        not ssh("app1", f"curl --silent --fail --output /dev/null http://127.0.0.1:{THROW_AWAY}/health/live")[0],
    )
    on("app1", "docker rm --force throw-away")
    # Faults 3 and 4 of the seed: rules about the container's port, for both families, once, and no range trusted.
    for family, file in {4: "after.rules", 6: "after6.rules"}.items():
        text = on("app1", f"cat /etc/ufw/{file}")
        equal(f"the rules for IPv{family} are there once", len(re.findall(r"^:DOCKER-USER ", text, re.MULTILINE)), 1)
        check(
            f"no range of private addresses is trusted in IPv{family}'s rules",
            not re.search(r"-s (10\.0\.0\.0/8|172\.16\.0\.0/12|192\.168\.0\.0/16|fd00::/8)", text),
            text,
        )
    for host in HOSTS:
        check(f"{host} denies by default", "deny (incoming)" in on(host, "ufw status verbose"))
