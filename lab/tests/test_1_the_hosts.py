"""What the play has made of the hosts, and what it refuses before it touches any."""

import json

from harness import ADDRESSES, HOSTS, SHARED, check, equal, on, play, say

APP_HOSTS = ("app1", "app2")


def run(full):
    for host in HOSTS:
        every_host(host)
    for host in (*APP_HOSTS, "proxy1"):
        engine(host)
    for host in APP_HOSTS:
        secrets(host)
        ports(host)
    refusals()


def every_host(host):
    sshd = on(host, "/usr/sbin/sshd -T").splitlines()
    check(
        f"{host}: SSH takes no passwords",
        {"passwordauthentication no", "kbdinteractiveauthentication no"} <= set(sshd),
        sshd,
    )
    drop_ins = on(host, "ls /etc/ssh/sshd_config.d").split()
    equal(f"{host}: … in a file that comes before a provider's", min(drop_ins), "00-polls.conf")
    apt = on(host, "apt-config dump").splitlines()
    for setting in (
        'APT::Periodic::Unattended-Upgrade "1";',
        'Unattended-Upgrade::Automatic-Reboot "false";',
    ):
        check(f"{host}: {setting}", setting in apt, [line for line in apt if "Unattended" in line])


def engine(host):
    settings = json.loads(on(host, "docker info --format '{{json .}}'"))
    check(f"{host}: containers outlive a restart of the engine", settings["LiveRestoreEnabled"], settings)
    equal(f"{host}: the engine's logs are rotated", settings["LoggingDriver"], "local")


def secrets(host):
    """They are files for the application alone: nowhere in the clear where others look."""
    modes = set(on(host, "stat --format '%a %u:%g' /etc/polls/secrets/*").splitlines())
    equal(f"{host}: the secrets are for root and the application", modes, {"440 0:10001"})
    mounts = json.loads(on(host, "docker inspect --format '{{json .Mounts}}' polls-app"))
    mounted = [(mount["Source"], mount["RW"]) for mount in mounts if mount["Type"] == "bind"]
    equal(f"{host}: … mounted read-only, and nothing else is", mounted, [("/etc/polls/secrets", False)])
    values = json.loads((SHARED / "secrets.json").read_text()).values()
    for place, script in {
        "the container's description": "docker inspect polls-app",
        "the list of processes": "ps axww -o args",
        "the application's log": "docker logs polls-app 2>&1",
        "the settings of management commands": "cat /etc/polls/environment",
        "the journal": "journalctl --no-pager",
    }.items():
        seen = on(host, script)
        check(f"{host}: no secret in {place}", seen and not any(value in seen for value in values))


def ports(host):
    private = ADDRESSES[host, "private"][4]
    published = set(on(host, "docker port polls-app").splitlines())
    equal(
        f"{host}: the application is published on the private address, its management on the host itself",
        published,
        {f"8080/tcp -> {private}:8080", f"7600/tcp -> {private}:7600", "9990/tcp -> 127.0.0.1:9990"},
    )


def refusals():
    for fault, variables, word in (
        ("a secret among the settings", {"polls_settings": {"DATABASE_PASSWORD": "x"}}, "polls_secrets"),
        ("a setting that there isn't", {"polls_settings": {"DATABASE_HOTS": "x"}}, "DATABASE_HOTS"),
        ("a missing secret", {"polls_secrets": {}}, "POLLS_SECRET_KEY"),
        ("a port that is none", {"polls_app_port": "http"}, "port"),
        ("a missing domain", {"polls_domain": ""}, "domain"),
    ):
        code, output, recap = play("site.yml", "-e", json.dumps(variables))
        check(f"{fault} stops the play, which says so", code and word in output, output[-3000:])
        equal(f"{fault}: nothing has changed", sum(words["changed"] for words in recap.values()), 0)
    code, output, recap = play("site.yml", "-e", "polls_version=99.0.0")
    check("another version than the running one stops the play, which names deploy.yml", "deploy.yml" in output, output)
    check("… and fails it", code)
    equal("… and nothing has changed", sum(words["changed"] for words in recap.values()), 0) or say(recap)
