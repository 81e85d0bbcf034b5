"""Certificates: renewed under load without a failed handshake, rehearsed, watched over, moved between authorities."""

import json
import pathlib

from harness import DOMAIN, HOSTS, at, background, check, command, equal, fetch, on, play, root_certificate, say, ssh

HANDSHAKES = str(pathlib.Path(__file__).with_name("handshakes.py"))
PAGE = f"https://{DOMAIN}/polls/1/"


def served(place="client"):
    """The serial number of the certificate that a client is shown, and who issued it."""
    _, output = command(
        *at(
            place,
            "sh",
            "-c",
            f"openssl s_client -connect 203.0.113.10:443 -servername {DOMAIN} </dev/null"
            " 2>/dev/null | openssl x509 -noout -serial -issuer",
        )
    )
    return output.strip()


def on_disk(name=DOMAIN):
    return on("proxy1", f"openssl x509 -noout -serial -issuer -in /etc/letsencrypt/live/{name}/fullchain.pem")


def run(full):
    renewals(10 if full else 4)
    rehearsal()
    secrets()
    alarm()
    timer()
    directories()


def renewals(times):
    root = root_certificate()
    before = {served()}
    with background(*at("client", "python3", HANDSHAKES, "203.0.113.10", DOMAIN, root)) as four, background(
        *at("client", "python3", HANDSHAKES, "2001:db8:113::10", DOMAIN, root)
    ) as six:
        for number in range(1, times + 1):
            on("proxy1", "polls-certificate renew --force", timeout=180)
            now = served()
            check(f"renewal {number}: a new certificate", now not in before, now)
            equal(f"renewal {number}: served = on disk", now, on_disk())
            before.add(now)
    for family, output in {4: four, 6: six}.items():
        seen = json.loads(output[0])
        check(
            f"no failed handshake over IPv{family} during {times} renewals ({seen['done']} done)",
            seen["done"] > times and not seen["failed"],
            seen,
        )
        check(
            f"the voters over IPv{family} saw the certificates change",
            len(seen["serials"]) > times / 2,
            seen["serials"],
        )


def rehearsal():
    before = served()
    code, output = ssh("proxy1", "polls-certificate rehearse", timeout=180)
    equal("the dry run against the practice directory succeeds", code, 0) or say(output)
    code, output, _ = play("renew.yml")
    equal("renew.yml succeeds", code, 0) or say(output[-3000:])
    equal("neither changed the certificate", served(), before)
    # Fault 7 of the seed: what the first issue left behind must not need port 80.
    conf = on("proxy1", f"cat /etc/letsencrypt/renewal/{DOMAIN}.conf")
    check("a renewal needs no free port 80 (authenticator = webroot)", "authenticator = webroot" in conf, conf)


def secrets():
    """Fault 18 of the seed: nginx sees the certificate and its key, never the authority's account."""
    code, output = ssh("proxy1", "docker exec polls-proxy ls -R /etc/letsencrypt /var/lib/letsencrypt")
    check("nginx can't see /etc/letsencrypt", code and "No such file" in output, output)
    mounts = json.loads(on("proxy1", "docker inspect --format '{{json .Mounts}}' polls-proxy"))
    equal(
        "nginx may write to its logs only",
        [mount["Source"] for mount in mounts if mount["RW"]],
        ["/var/log/polls-proxy"],
    )
    code, output = command("tar", "--list", "--file", "/lab/backup/letsencrypt-proxy1.tar")
    check(
        "the control node has a copy of the account and the keys",
        "accounts/" in output and f"live/{DOMAIN}" in output,
        output,
    )


def alarms():
    return int(on("proxy1", "cat /var/log/polls-alarms 2>/dev/null | grep -c . || true"))


def short_certificate(days_left, days):
    """A certificate of its own making, with so many days left of so many, where nginx's copy is."""
    return (
        "d=$(readlink -f /etc/polls-proxy/tls/current); "
        f"openssl req -x509 -key $d/privkey.pem -subj /CN={DOMAIN} "
        f"-not_before $(date -u --date='{days - days_left} days ago' +%Y%m%d%H%M%SZ) "
        f"-not_after $(date -u --date='{days_left} days' +%Y%m%d%H%M%SZ) -out /root/short.pem"
    )


def alarm():
    for left, expected in ((19, 0), (17, 1)):
        on("proxy1", short_certificate(left, 90))
        code, output = ssh("proxy1", "polls-certificate check /root/short.pem")
        equal(f"{left} of 90 days left: {'an alarm' if expected else 'no alarm'}", int(code != 0), expected) or say(
            output
        )
    # For the whole way to a person: the timer's own service, with an authority that has gone away.
    on(
        "proxy1",
        "cp --archive /etc/hosts /root/hosts.kept; rm --force /var/log/polls-alarms; "
        "echo '203.0.113.254 acme.example.net' >>/etc/hosts",
    )
    # Only a certificate that is due asks the authority at all.
    on(
        "proxy1",
        f"sed -i '1i renew_before_expiry = 3000 days' /etc/letsencrypt/renewal/{DOMAIN}.conf",
    )
    try:
        for run_number in (1, 2):
            code, output = ssh("proxy1", "systemctl start polls-certificate.service", timeout=400)
            if run_number == 1:
                failures = on("proxy1", "cat /var/lib/polls-certificate/failures")
                check("the first run fails to renew", failures, output)
                check("one failed run is no alarm", not code and not alarms(), output)
            else:
                check("the second failed run fails the service", code, output)
                check("… and raises the alarm", alarms(), on("proxy1", "journalctl --no-pager --lines 30"))
    finally:
        on("proxy1", "mv /root/hosts.kept /etc/hosts")
        on("proxy1", f"sed -i '/^renew_before_expiry/d' /etc/letsencrypt/renewal/{DOMAIN}.conf")
    code, output = ssh("proxy1", "systemctl start polls-certificate.service", timeout=180)
    equal("a run that succeeds ends it", code, 0) or say(output)


def timer():
    """Fault 8 and step 36 of the seed: something does it without a person, twice a day, at no fixed minute."""
    equal("the timer is on", on("proxy1", "systemctl is-active polls-certificate.timer"), "active")
    text = on("proxy1", "systemctl cat polls-certificate.timer")
    check("it starts twice a day, spread", "OnCalendar=" in text and "RandomizedDelaySec=" in text, text)
    equal("the package's own timer is off", ssh("proxy1", "systemctl is-enabled certbot.timer")[1].strip(), "masked")


def directories():
    """Seed steps 29 to 33: practice certificates first, then real ones; and back, without a hand on the proxy."""
    code, output, _ = play("site.yml", "--tags", "certbot", "-e", "polls_certbot_staging=true")
    equal("moving to the practice authority succeeds", code, 0) or say(output[-3000:])
    equal("its certificate is served", fetch(PAGE, authority="acme-staging").status, 200)
    equal("a voter's browser distrusts it (curl exit 60)", fetch(PAGE).curl, 60)
    code, output, _ = play("site.yml")
    equal("moving to the production authority succeeds", code, 0) or say(output[-3000:])
    equal("its certificate is served again", fetch(PAGE).status, 200)
    equal("served = on disk", served(), on_disk())
    code, output, recap = play("site.yml")
    equal(
        "the next run changes nothing",
        {host: words["changed"] for host, words in recap.items()},
        dict.fromkeys(HOSTS, 0),
    ) or say(output[-3000:])
