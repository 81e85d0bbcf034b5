"""The site as voters and editors see it, through the proxy, with each app host gone in turn."""

import contextlib
import pathlib
import re
import subprocess
import time
import uuid

from editor import Editor, Form
from harness import (
    DOMAIN,
    LAB,
    PAGE,
    answering,
    at,
    check,
    command,
    equal,
    eventually,
    fetch,
    on,
    root_certificate,
    say,
    ssh,
)

VOTE = PAGE + "vote/"
RESULTS = PAGE + "results/"
SAMPLE_POLLS = LAB.parent / "polls-run/src/main/resources/org/polls/run/sample-polls.sql"
PROXY = {4: "203.0.113.10", 6: "[2001:db8:113::10]"}


def run(full):
    sample_polls()
    equal("both app hosts answer", answering([fetch(PAGE) for _ in range(12)]), {"app1", "app2"})
    votes()
    live_results()
    static_files()
    cookies()
    redirects()
    console()
    strangers()
    sizes()
    faults()
    audit()


def sample_polls():
    if count("question"):
        return  # of an earlier run in the same lab
    with open(SAMPLE_POLLS, encoding="utf-8") as file:
        script = "SET ROLE polls;\n" + file.read()
    code, output = command(
        "ssh",
        "database1",
        "cd / && sudo -u postgres psql --quiet --single-transaction --set ON_ERROR_STOP=1 polls",
        stdin=script,
    )
    equal("the sample polls are in the database", code, 0) or say(output)


def choices():
    return Form(fetch(PAGE).body).choices


def vote(ballot=None, family=4, choice=None):
    """Votes as a browser does; returns the answer to the POST."""
    data = ["--data-urlencode", f"choice={choice or choices()[0]}", "--data", f"ballot={ballot or uuid.uuid4()}"]
    return fetch(VOTE, *data, family=family, timeout=25)


def counted():
    return count("ballot WHERE question_id = 4")


def count(rows):
    return int(on("database1", f"cd / && sudo -u postgres psql -At polls -c 'SELECT count(*) FROM {rows}'"))


def votes():
    for family in (4, 6):
        before = counted()
        ballot = uuid.uuid4()
        answers = [vote(ballot, family), vote(ballot, family)]
        equal(
            f"a ballot over IPv{family} is acknowledged, and again when it is sent again",
            [(answer.status, answer.header("location").removeprefix(f"https://{DOMAIN}")) for answer in answers],
            [(303, f"/polls/4/results/?ballot={ballot}")] * 2,
        )
        equal(f"… and counted once over IPv{family}", counted(), before + 1)
        page = fetch(f"{RESULTS}?ballot={ballot}", family=family)
        equal(f"its results are shown over IPv{family}", page.status, 200)


def live_results():
    """A page that is open shows a vote that was cast on the other host."""
    stream = pathlib.Path("/tmp/stream")
    curl = ["curl", "--silent", "--no-buffer", "--max-time", "60", "--cacert", root_certificate()]
    with open(stream, "w", encoding="utf-8") as file:
        listener = subprocess.Popen(at("client", *curl, f"{RESULTS}live"), stdout=file)

    def told():
        totals = re.findall(r'"total":"([0-9,]+) vote', stream.read_text(encoding="utf-8"))
        return int(totals[-1].replace(",", "")) if totals else None

    eventually(lambda: told() is not None, 20)
    first = told()
    answers = [vote() for _ in range(4)]
    hosts = answering(answers)
    eventually(lambda: told() == counted(), 20)
    later = told()
    listener.terminate()
    listener.wait()
    equal("votes are cast on both hosts", hosts, {"app1", "app2"})
    check("live results come through the proxy", first is not None, stream.read_text(encoding="utf-8"))
    equal("… and tell of every vote cast meanwhile, on whichever host", (later, later - (first or 0)), (counted(), 4))


def static_files():
    page = fetch(f"https://{DOMAIN}/polls/").body
    sheets = re.findall(r'<link[^>]+href="([^"]+\.css)"', page)
    bucket = "https://s3.example.net/polls/"
    if check("the style sheet comes from the bucket", sheets and sheets[0].startswith(bucket), sheets):
        answer = fetch(sheets[0], authority=None)
        equal("… where everybody may read it", answer.status, 200)
        check("… as what it is", answer.header("content-type").startswith("text/css"), answer)


def cookies():
    secure(PAGE, fetch(PAGE))


def secure(what, answer):
    given = answer.headers.get("set-cookie", [])
    check(f"the cookies of {what} are Secure", given and all("; secure" in cookie.lower() for cookie in given), answer)


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


def console():
    """An administrator, made on an app host, signs in; the session stays with the host that made it."""
    editor = Editor("alice", "a rehearsal, not a secret")
    secure("the console", editor.signed_in)
    pages = [editor.page() for _ in range(6)]
    check("… and is in", all(editor.is_shown(page) for page in pages), pages[0])
    hosts = answering(pages)
    if not equal("… on one and the same host", len(hosts), 1):
        return
    [host] = hosts
    on(host, "docker kill polls-app")
    try:
        pages = [editor.page() for _ in range(3)]
        check("… and still is when that host dies", all(editor.is_shown(page) for page in pages), pages[0])
        check("… on the other one", answering(pages).isdisjoint(hosts), answering(pages))
    finally:
        start(host)


def start(host):
    on(host, "docker start polls-app")
    ready = "docker inspect --format '{{.State.Health.Status}}' polls-app | grep -qx healthy"
    check(f"the application on {host} is ready again", eventually(lambda: not ssh(host, ready)[0], 120))


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
            f"another Host inside our TLS over IPv{family} doesn't get the site",
            answer.status in (0, 400, 404, 421),
            answer,
        )


def sizes():
    with open("/tmp/large", "wb") as file:
        file.write(b"x" * (1024 * 1024 + 1))
    equal("a request of more than 1 MiB is refused", fetch(VOTE, "--data-binary", "@/tmp/large").status, 413)


@contextlib.contextmanager
def silent(host):
    """The application there answers nothing, and nobody says so: the kernel still accepts connections."""
    on(host, "docker pause polls-app")
    try:
        yield
    finally:
        on(host, "docker unpause polls-app")


def faults():
    before, [choice, *_] = counted(), choices()
    with silent("app1"):
        slowest = 0
        answers = []
        for _ in range(6):
            begun = time.monotonic()
            answers.append(vote(choice=choice))
            slowest = max(slowest, time.monotonic() - begun)
        equal("votes are confirmed while one application hangs", [answer.status for answer in answers], [303] * 6)
        say(f"the slowest took {slowest:.1f} s")
    on("app1", "docker stop --time 45 polls-app")
    try:
        equal("votes are confirmed while one application is down", [vote().status for _ in range(6)], [303] * 6)
        equal("pages are served while one application is down", [fetch(PAGE).status for _ in range(6)], [200] * 6)
    finally:
        start("app1")
    equal("each of these votes is counted once", counted(), before + 12)


def audit():
    code, output = ssh("app2", "polls-manage audit")
    equal("the audit finds every tally equal to its ballots", code, 0) or say(output)
