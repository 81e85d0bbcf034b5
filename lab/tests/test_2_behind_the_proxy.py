"""What reaches the application through the proxy, seen by a stand-in that is deployed for it and rolled back after."""

import concurrent.futures

from harness import DOMAIN, PAGE, SHARED, answering, check, equal, fetch, play, say

CLIENT = {4: "198.51.100.7", 6: "2001:db8:51::7"}


def run(full):
    version = (SHARED / "images/version").read_text().strip()
    code, output, _ = play("deploy.yml", "-e", "polls_version=stand-in", "-e", f"polls_proxy_version={version}")
    if not equal("deploy.yml brings another version", code, 0):
        say(output[-6000:])
        return
    equal("… to both hosts", {fetch(PAGE).header("x-node") for _ in range(12)}, {"app1", "app2"})
    redirects()
    client_address()
    hanging_pages()
    code, output, _ = play("rollback.yml")
    equal("rollback.yml brings back what ran before", code, 0) or say(output[-6000:])
    answers = [fetch(PAGE) for _ in range(12)]
    equal("… to both hosts", answering(answers), {"app1", "app2"})
    check("… and it is the application", all("<form" in answer.body for answer in answers), answers[0])


def redirects():
    for path in ("/polls", "/admin"):
        answer = fetch(f"https://{DOMAIN}{path}")
        equal(f"a redirect to {path}/ names scheme and host", answer.header("location"), f"https://{DOMAIN}{path}/")
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


def hanging_pages():
    """Pages that take longer than the proxy waits, on either host: no reason to take the hosts out for everyone."""
    with concurrent.futures.ThreadPoolExecutor() as clients:
        hanging = [clients.submit(fetch, f"https://{DOMAIN}/polls/2/?wait=50", timeout=60) for _ in range(4)]
        equal("the proxy gives such pages up", [page.result().status for page in hanging], [503] * 4)
    equal("… and goes on with all others", [fetch(PAGE).status for _ in range(6)], [200] * 6)
