"""The site as voters see it, through the proxy; and the seed's faults in it that can be seen from outside."""

import contextlib
import time

from harness import DOMAIN, at, check, command, equal, fetch, on, say

CLIENT = {4: "198.51.100.7", 6: "2001:db8:51::7"}
PROXY = {4: "203.0.113.10", 6: "[2001:db8:113::10]"}
PAGE = f"https://{DOMAIN}/polls/1/"


def run(full):
    nodes = {fetch(PAGE).header("x-node") for _ in range(12)}
    equal("both app hosts answer", nodes, {"app1", "app2"})
    cookies()
    redirects()
    client_address()
    strangers()
    sizes()
    faults()


def cookies():
    for path in ("/polls/1/", "/admin/"):
        answer = fetch(f"https://{DOMAIN}{path}")
        check(f"the cookie of {path} is Secure", "; Secure" in answer.header("set-cookie"), answer)


def redirects():
    for family in (4, 6):
        answer = fetch(f"http://{DOMAIN}/polls/1/?a=b", family=family, authority=None)
        equal(
            f"plain HTTP over IPv{family} is sent to HTTPS",
            (answer.status, answer.header("location")),
            (301, f"https://{DOMAIN}/polls/1/?a=b"),
        )
    for path in ("/", "/polls", "/admin"):
        answer = fetch(f"https://{DOMAIN}{path}")
        check(
            f"the application's redirect from {path} stays https",
            answer.status in (301, 302, 308) and answer.header("location").startswith((f"https://{DOMAIN}/", "/")),
            answer,
        )
    equal(
        "the application sees https and the site's name",
        [fetch(PAGE).json().get("headers", {}).get(name) for name in ("x-forwarded-proto", "host")],
        [["https"], [DOMAIN]],
    )


def client_address():
    for family in (4, 6):
        seen = fetch(PAGE, family=family).json().get("headers", {})
        equal(
            f"the IPv{family} client's real address reaches the application",
            seen.get("x-forwarded-for"),
            [CLIENT[family]],
        )
        for header in (
            "X-Forwarded-For: 192.0.2.66",
            "x-forwarded-for: 192.0.2.66, 10.77.0.10",
            "Forwarded: for=192.0.2.66",
            "X-Real-IP: 192.0.2.66",
        ):
            answer = fetch(PAGE, "--header", header, family=family)
            equal(
                f"a forged “{header}” over IPv{family} changes nothing",
                answer.json().get("headers", {}).get("x-forwarded-for"),
                [CLIENT[family]],
            )
            check(
                f"a forged “{header}” over IPv{family} does not reach the application",
                "192.0.2.66" not in answer.body,
                answer,
            )
    one = fetch(PAGE, "--header", "X-Request-ID: chosen").json().get("headers", {}).get("x-request-id")
    two = fetch(PAGE, "--header", "X-Request-ID: chosen").json().get("headers", {}).get("x-request-id")
    check("every request has an id of the proxy's own", one and two and one != two and one != ["chosen"], (one, two))
    for header in ("X-Forwarded-Proto: http", "X-Forwarded-Host: evil.example", "X-Forwarded-Port: 1"):
        answer = fetch(PAGE, "--header", header)
        check(
            f"a forged “{header}” does not reach the application",
            header.partition(": ")[2]
            not in [value for values in answer.json().get("headers", {}).values() for value in values]
            and answer.status == 200,
            answer,
        )


def strangers():
    """Seed fault 1: an unknown name, or the bare address, must not get the site, over either family and port."""
    for family in (4, 6):
        for name, arguments in {
            "the bare address": [],
            "an unknown name": ["--header", "Host: stranger.example"],
        }.items():
            answer = fetch(f"http://{PROXY[family]}/polls/", *arguments, family=family, authority=None)
            # 52: closed before a byte came, 56: reset before a byte came.
            check(
                f"{name} on port 80 over IPv{family}: closed without an answer",
                not answer.status and answer.curl in (52, 56),
                answer,
            )
        for name in ("stranger.example", ""):
            code, output = command(
                *at(
                    "client",
                    "openssl",
                    "s_client",
                    "-connect",
                    f"{PROXY[family]}:443",
                    "-brief",
                    *(["-servername", name] if name else ["-noservername"]),
                ),
                stdin="",
                timeout=20,
            )
            check(
                f"TLS for {name or 'no name'} over IPv{family} is refused",
                code and "CONNECTION ESTABLISHED" not in output,
                output,
            )
        answer = fetch(PAGE, "--header", "Host: stranger.example", family=family)
        check(
            f"another Host inside our TLS over IPv{family} doesn't reach the application",
            "node" not in answer.json(),
            answer,
        )


def sizes():
    with open("/tmp/large", "wb") as file:
        file.write(b"x" * (1024 * 1024 + 1))
    answer = fetch(f"https://{DOMAIN}/polls/1/vote/", "--data-binary", "@/tmp/large")
    equal("a request of more than 1 MiB is refused", answer.status, 413)


@contextlib.contextmanager
def silent(host):
    """The application there answers nothing, and nobody says so: the kernel still accepts connections."""
    on(host, "docker pause polls-app")
    try:
        yield
    finally:
        on(host, "docker unpause polls-app")


def vote():
    return fetch(f"https://{DOMAIN}/polls/1/vote/", "--data", "choice=1", timeout=25)


def faults():
    with silent("app1"):
        slowest = 0
        answers = []
        for _ in range(6):
            start = time.monotonic()
            answers.append(vote())
            slowest = max(slowest, time.monotonic() - start)
        equal("votes are confirmed while one application hangs", [answer.status for answer in answers], [303] * 6)
        say(f"the slowest took {slowest:.1f} s")
    on("app1", "docker stop --time 20 polls-app")
    try:
        equal("votes are confirmed while one application is down", [vote().status for _ in range(6)], [303] * 6)
        equal("pages are served while one application is down", [fetch(PAGE).status for _ in range(6)], [200] * 6)
    finally:
        on("app1", "docker start polls-app")
    for _ in range(4):  # a page that hangs longer than the proxy waits, on both hosts
        fetch(f"https://{DOMAIN}/polls/2/?wait=40", timeout=3)
    equal(
        "a page that hangs does not take the hosts out for everyone", [fetch(PAGE).status for _ in range(6)], [200] * 6
    )
