"""Every host goes down and comes up; nobody logs in, and the site is back."""

from harness import HOSTS, PAGE, answering, check, equal, eventually, fetch, on, play, power_off, power_on, say, ssh


def both_answer():
    if ssh("proxy1", "true")[0]:
        return False  # still booting, and its log tells who answered
    return answering([fetch(PAGE, timeout=5) for _ in range(6)]) == {"app1", "app2"}


def stops_in_order(host):
    """How often the application there has ended with every ballot answered and every request finished."""
    return int(on(host, "docker logs polls-app 2>&1 | grep --count 'Stopping: nothing is under way' || true"))


def run(full):
    for host in HOSTS:
        before = stops_in_order(host) if host.startswith("app") else 0
        power_off(host)
        if host.startswith("app"):
            equal(f"voters are served while {host} is down", [fetch(PAGE).status for _ in range(6)], [200] * 6)
        power_on(host)
        took = eventually(both_answer, 120)
        check(f"after a reboot of {host} both app hosts serve the site", took is not None, "not within 120 s")
        say(f"{took} s")
        if host.startswith("app"):
            stops = stops_in_order(host)
            equal(f"{host}'s application was stopped in order before the host went down", stops, before + 1)
    # Fault 16 of the seed: --rm and no restart policy.
    for host, container in {"proxy1": "polls-proxy", "app1": "polls-app", "app2": "polls-app"}.items():
        on(host, f"kill -KILL $(docker inspect --format '{{{{.State.Pid}}}}' {container})")
        took = eventually(
            lambda: not ssh(host, f"docker inspect --format '{{{{.State.Running}}}}' {container} | grep -qx true")[0]
            and both_answer(),
            60,
        )
        check(f"a killed {container} on {host} comes back by itself", took is not None, on(host, "docker ps --all"))
    # Fault 17: logs that grow for ever.
    for host, container in {"proxy1": "polls-proxy", "app1": "polls-app"}.items():
        limit = on(host, f"docker inspect --format '{{{{json .HostConfig.LogConfig}}}}' {container}")
        check(f"{container}'s log is rotated", "max-size" in limit, limit)
    code, output, _ = play("reboot.yml", *([] if full else ["--check"]))
    equal("reboot.yml reboots every host in turn" if full else "reboot.yml can be checked", code, 0) or say(output[-3000:])
    code, output, _ = play("verify.yml")
    equal("verify.yml finds nothing wrong after all of it", code, 0) or say(output[-3000:])
