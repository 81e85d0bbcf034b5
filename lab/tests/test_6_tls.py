"""TLS and headers as an outside examiner sees them: testssl.sh's and sslscan's single findings, and headers by hand."""

import json
import pathlib

from harness import DOMAIN, PAGE, at, check, command, equal, fetch, on, root_certificate, say

# What testssl.sh finds in the lab's certificates and not in a public authority's: the lab's authority publishes no
# revocation list (Let's Encrypt does) and writes no log of what it issued. And its own OpenSSL knows no GOST.
OF_THE_LAB = {
    "engine_problem",
    "cert_revocation",
    "cert_crlDistributionPoints",
    "cert_ocspURL",
    "certificate_transparency",
    "cert_extlifeSpan",
    "DNS_CAArecord",
    "OCSP_stapling",
}
# testssl.sh ends its first connection at once, and under TLS 1.3 the ticket may come after that: it then resumes with an
# empty file and calls that a connect problem. resumption() looks for itself.
OF_THE_EXAMINER = {"sessionresumption_ticket"}
GRAVE = ("MEDIUM", "HIGH", "CRITICAL", "WARN")


def run(full):
    examiner()
    scanner()
    exchange()
    resumption()
    headers()
    unavailable()


def examiner():
    report = pathlib.Path("/tmp/testssl.json")
    report.unlink(missing_ok=True)
    _, output = command(
        *at(
            "client",
            "testssl",
            "--quiet",
            "--color",
            "0",
            "--warnings",
            "batch",
            "--ip",
            "203.0.113.10",
            "--add-ca",
            root_certificate(),
            "--jsonfile",
            str(report),
            f"https://{DOMAIN}",
        ),
        timeout=900,
    )
    if not check("testssl.sh examines the site", report.exists(), output):
        return
    findings = {entry["id"]: (entry["severity"], entry["finding"]) for entry in json.loads(report.read_text())}
    for name in ("SSLv2", "SSLv3", "TLS1", "TLS1_1"):
        equal(f"testssl.sh: {name} is not offered", findings.get(name, ("", "absent"))[1].split(" (")[0], "not offered")
    for name in ("TLS1_2", "TLS1_3", "ALPN_HTTP2", "FS"):
        check(
            f"testssl.sh: {name} is offered",
            findings.get(name, ("", ""))[1] not in ("", "not offered"),
            findings.get(name),
        )
    for name in (
        "heartbleed",
        "CCS",
        "ticketbleed",
        "ROBOT",
        "secure_renego",
        "secure_client_renego",
        "CRIME_TLS",
        "POODLE_SSL",
        "SWEET32",
        "FREAK",
        "DROWN",
        "LOGJAM",
        "BEAST",
        "LUCKY13",
        "RC4",
    ):
        check(
            f"testssl.sh: not vulnerable to {name}",
            findings.get(name, ("absent",))[0] in ("OK", "INFO"),
            findings.get(name),
        )
    check(
        "testssl.sh: HSTS for two years",
        findings.get("HSTS_time", ("absent",))[0] == "OK" and "730 days" in findings["HSTS_time"][1],
        findings.get("HSTS_time"),
    )
    check(
        "testssl.sh: the chain is trusted",
        findings.get("cert_chain_of_trust", ("absent",))[1].startswith("passed"),
        findings.get("cert_chain_of_trust"),
    )
    known = OF_THE_LAB | OF_THE_EXAMINER
    grave = {name: finding for name, finding in findings.items() if finding[0] in GRAVE and name not in known}
    check(
        "testssl.sh: no finding of a medium or higher severity but the lab authority's own",
        not grave,
        "\n".join(f"{name}: {finding}" for name, finding in grave.items()),
    )
    say(f"testssl.sh's grade in the lab: {findings.get('overall_grade', ('', 'none'))[1]}")


def scanner():
    _, output = command(
        *at("client", "sslscan", "--no-colour", "--show-certificate", f"--sni-name={DOMAIN}", "203.0.113.10:443"),
        timeout=300,
    )
    for line in ("TLSv1.0   disabled", "TLSv1.1   disabled", "TLSv1.2   enabled", "TLSv1.3   enabled"):
        check(f"sslscan: {' '.join(line.split())}", line in output, output)
    accepted = [line for line in output.splitlines() if line.startswith(("Accepted", "Preferred"))]
    # Fault 11 of the seed: the DHE suites without parameters of their own.
    bad = [
        line
        for line in accepted
        if "DHE-RSA" in line.replace("ECDHE", "") or not ("GCM" in line or "CHACHA" in line.upper())
    ]
    check(f"sslscan: all {len(accepted)} suites are ECDHE with an authenticated cipher", accepted and not bad, bad)


def exchange():
    _, output = command(
        *at("client", "openssl", "s_client", "-connect", "203.0.113.10:443", "-servername", DOMAIN), stdin=""
    )
    check("a browser of today gets the hybrid key exchange", "X25519MLKEM768" in output, output)
    _, output = command(
        *at(
            "client", "openssl", "s_client", "-connect", "203.0.113.10:443", "-servername", DOMAIN, "-groups", "X25519"
        ),
        stdin="",
    )
    check("an older one gets X25519", "X25519" in output and "Cipher is" in output, output)


def resumption():
    session = pathlib.Path("/tmp/session.pem")
    connect = f"openssl s_client -connect 203.0.113.10:443 -servername {DOMAIN}"
    for version in ("tls1_2", "tls1_3"):
        session.unlink(missing_ok=True)
        # A second for the ticket, which comes when the handshake is over.
        command(*at("client", "sh", "-c", f"sleep 1 | {connect} -{version} -sess_out {session}"))
        if check(f"{version}: a session is left to resume", session.exists()):
            _, output = command(*at("client", *connect.split(), f"-{version}", "-sess_in", str(session)), stdin="")
            check(f"{version}: a visitor who comes back resumes it", "\nReused, TLSv" in output, output)
    session.unlink(missing_ok=True)


def headers():
    for address, name in {PAGE: "a page", f"https://{DOMAIN}/nothing/": "a page that isn't there"}.items():
        answer = fetch(address)
        equal(
            f"{name}: HSTS once, for two years", answer.headers.get("strict-transport-security"), ["max-age=63072000"]
        )
        equal(f"{name}: the server's version is nobody's business", answer.headers.get("server"), ["nginx"])
        equal(f"{name}: HTTP/2", answer.version, "HTTP/2")
    equal(
        "plain HTTP sends no HSTS, which browsers must ignore there",
        fetch(f"http://{DOMAIN}/", authority=None).headers.get("strict-transport-security"),
        None,
    )


def unavailable():
    for host in ("app1", "app2"):
        on(host, "docker stop --time 20 polls-app")
    try:
        for language, word in {"en": 'lang="en"', "fr": 'lang="fr"'}.items():
            answer = fetch(PAGE, "--header", f"Accept-Language: {language}")
            equal(f"no application: 503 ({language})", answer.status, 503)
            check(f"… says when to try again ({language})", answer.header("retry-after").isdigit(), answer)
            check(f"… on a page of our own ({language})", word in answer.body, answer)
            check(f"… with HSTS ({language})", "strict-transport-security" in answer.headers, answer)
    finally:
        for host in ("app1", "app2"):
            on(host, "docker start polls-app")
