"""Releases under load: one that expands the schema, one that never becomes ready, one cut off half-way, and back."""

import json
import os
import signal
import subprocess

from editor import Editor, Form
from harness import (
    ADDRESSES,
    DOMAIN,
    LAB,
    PAGE,
    SHARED,
    at,
    background,
    check,
    equal,
    eventually,
    fetch,
    on,
    play,
    root_certificate,
    say,
    ssh,
)

APPS = ("app1", "app2")
VERSION = (SHARED / "images/version").read_text().strip()


def run(full):
    editor = Editor("olivia", "a rehearsal, not a secret")
    choices = Form(fetch(PAGE).body).choices
    voters = at("client", "python3", str(LAB / "tests/voters.py"), DOMAIN, root_certificate(), "4", *choices)
    before = set(ballots())
    with background(*voters) as output:
        expanding(editor)
        never_ready(editor)
        back(editor)
        cut_off(editor)
    judge(json.loads(output[0]), before)
    code, said = ssh("app1", "polls-manage audit")
    equal("the audit finds every tally equal to its ballots", code, 0) or say(said)
    # The tests that follow look at the release of this tree.
    equal("rollback.yml leaves the site as it was", play("rollback.yml")[0], 0)
    runs("polls", "… on every host")


def deploy(release, *arguments):
    return play("deploy.yml", "-e", f"polls_version={release}", "-e", f"polls_proxy_version={VERSION}", *arguments)


def expanding(editor):
    code, output, _ = deploy("expanding")
    equal("a release with one more migration is deployed", code, 0) or say(output[-4000:])
    runs("expanding", "… to every host")
    equal("… and its migration is applied", query("SELECT max(version::integer) FROM flyway_schema_history"), "4")
    stays(editor, "a release")


def never_ready(editor):
    code, output, _ = deploy("never-ready", "-e", "polls_app_start_seconds=40")
    check("a release that never becomes ready fails the run", code, output[-4000:])
    check(
        "… which says so, and on which host",
        "app1: " in output and "The release did not become ready, and every host runs what it ran before" in output,
        output[-4000:],
    )
    runs("expanding", "… and every host runs what it ran before")
    stays(editor, "a release that failed")


def back(editor):
    code, output, _ = play("rollback.yml")
    equal("the site goes back to the release before, with the schema as it is", code, 0) or say(output[-4000:])
    runs("polls", "… on every host")
    stays(editor, "the way back")


def cut_off(editor):
    """The operator's machine dies when the first host is done and the second one is out of rotation."""
    run = subprocess.Popen(
        [
            str(LAB / "inside-lab"),
            *("ansible-playbook", "-i", str(LAB / "inventory"), "deploy.yml"),
            *("-e", "polls_version=expanding", "-e", f"polls_proxy_version={VERSION}"),
        ],
        cwd=LAB.parent / "ansible",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        eventually(lambda: run.poll() is not None or "app1" in resting(), 300)
        code, output, _ = play("rollback.yml")
        check("meanwhile another run is told who is at work", code and "has been at work on" in output, output[-3000:])
        reached = eventually(lambda: run.poll() is not None or "app2" in resting(), 300)
        check("a run is cut off half-way", reached is not None and run.poll() is None, (reached, run.poll()))
    finally:
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
    code, output, _ = play("rollback.yml")
    check(
        "rollback.yml does not guess where the hosts belong, and names the way out",
        code and "app1: expanding" in output and f"app2: {VERSION}" in output and "deploy.yml" in output,
        output[-4000:],
    )
    code, output, _ = deploy("expanding")
    equal("the next run takes over and finishes", code, 0) or say(output[-4000:])
    runs("expanding", "… on every host")
    equal("… with every host in rotation", resting(), set())
    check("… and the lock given back", ssh("proxy1", "test -e /var/lib/polls-lock.json")[0], "it is still there")
    stays(editor, "a run that broke off")


def resting():
    """The app hosts that the proxy was told to leave out."""
    lines = on("proxy1", "grep ' down;' /etc/polls-proxy/nginx/site/upstreams.conf || true")
    return {host for host in APPS if ADDRESSES[host, "private"][4] + ":" in lines}


def digest(release):
    return (SHARED / f"images/{release}.digest").read_text().strip()


def runs(release, name):
    asked = "docker inspect --format '{{.Config.Image}} {{.State.Health.Status}}' polls-app"
    seen = {host: on(host, asked) for host in APPS}
    equal(name, seen, {host: f"registry.example.net/polls@{digest(release)} healthy" for host in APPS})


def stays(editor, what):
    page = editor.page()
    check(f"{what} signs no editor out", editor.is_shown(page), page)


def query(statement):
    return on("database1", f'cd / && sudo -u postgres psql -At polls -c "{statement}"')


def ballots():
    """{ballot: choice} as counted."""
    rows = query("SELECT id, choice_id FROM ballot WHERE question_id = 4").splitlines()
    return dict(row.split("|") for row in rows)


def judge(seen, before):
    counted = {ballot: choice for ballot, choice in ballots().items() if ballot not in before}
    say(
        f"{seen['requests']} requests, {len(seen['acknowledged'])} ballots acknowledged, "
        f"{seen['repeated']} requests repeated on a fresh connection"
    )
    check("visitors read and vote all the while", len(seen["acknowledged"]) > 500, len(seen["acknowledged"]))
    equal("no request fails", seen["failed"], [])
    equal(
        "every acknowledged ballot is counted as it was cast",
        {ballot: counted.get(ballot) for ballot in seen["acknowledged"]},
        {ballot: seen["sent"][ballot] for ballot in seen["acknowledged"]},
    )
    equal("no ballot is counted that nobody sent", sorted(set(counted) - set(seen["sent"])), [])
