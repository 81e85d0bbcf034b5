"""Bare hosts to HTTPS with the authority's certificate in one play; then nothing more to change."""

from harness import DOMAIN, HOSTS, check, equal, fetch, play, say, ssh


def changed(recap):
    return {host: words["changed"] for host, words in recap.items()}


def run(full):
    bare = all(ssh(host, "command -v ufw docker nginx")[0] for host in HOSTS)
    if bare:
        code, output, recap = play("site.yml", "--check", "--diff")
        equal("check mode on bare hosts exits 0", code, 0) or say(output[-3000:])
        check(
            "check mode predicts the packages of every bare host",
            all(changed(recap).get(host) for host in HOSTS),
            recap,
        )
        check("check mode installs nothing", all(ssh(host, "command -v ufw docker nginx")[0] for host in HOSTS))
        code, output, recap = play("site.yml")
        if not equal("one play takes bare hosts to the end", code, 0):
            say(output[-6000:])
            return
    else:
        say("the hosts aren't bare: the first play is not tested")
    for family in (4, 6):
        answer = fetch(f"https://{DOMAIN}/polls/", family=family)
        equal(f"HTTPS over IPv{family} with the production authority's certificate", answer.status, 200) or say(answer)
    code, output, recap = play("site.yml")
    equal("a second run succeeds", code, 0) or say(output[-3000:])
    equal("a second run changes nothing", changed(recap), dict.fromkeys(HOSTS, 0)) or say(changes(output))
    code, output, recap = play("site.yml", "--check", "--diff")
    equal("check mode on the live site exits 0", code, 0) or say(output[-3000:])
    equal("check mode on the live site predicts no change", changed(recap), dict.fromkeys(HOSTS, 0)) or say(
        changes(output)
    )
    code, output, _ = play("verify.yml")
    equal("verify.yml finds nothing wrong", code, 0) or say(output[-3000:])


def changes(output):
    """The tasks of a play's output that changed something."""
    lines, task = [], ""
    for line in output.splitlines():
        if line.startswith(("TASK", "RUNNING HANDLER")):
            task = line.rstrip("* ")
        elif line.startswith("changed:"):
            lines.append(f"{task}: {line}")
    return "\n".join(lines)
