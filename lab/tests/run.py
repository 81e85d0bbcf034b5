"""run.py [--full] [TEST…]: the lab's named tests, in order. TEST is the beginning of a name below, such as 3."""

import argparse
import importlib
import time
import traceback

import harness

TESTS = {
    "1_one_play": "From bare hosts to HTTPS in one play; a second run and check mode change nothing",
    "1_the_hosts": "What the play has made of the hosts, and what it refuses before it touches any",
    "2_the_site": "The site as voters and editors see it: votes, cookies, redirects, strangers, hosts that are gone",
    "2_behind_the_proxy": "What reaches the application, seen by a stand-in that is deployed and rolled back",
    "2_deployment": "Releases under load: deployed, failed, cut off half-way, rolled back; no request, vote or session lost",
    "3_firewall": "The firewall, cell by cell, and after everything that could undo it",
    "4_renewal": "Certificates: renewal under load, the dry run, the alarm, from staging to production",
    "5_reboot": "Every host reboots in turn and the site is back without a hand",
    "6_tls": "TLS and headers as an outside examiner sees them",
}

# Ten minutes and more, which every ./polls test does not have: by name, and with --full.
LONG = {"2_deployment"}

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true")
    parser.add_argument("tests", nargs="*")
    arguments = parser.parse_args()
    if arguments.tests:
        chosen = [name for name in TESTS if any(name.startswith(test) for test in arguments.tests)]
    else:
        chosen = [name for name in TESTS if arguments.full or name not in LONG]
    if not chosen:
        parser.error(f"no such test; there are {', '.join(TESTS)}")
    for name in chosen:
        start = time.monotonic()
        print(f"\n{name}: {TESTS[name]}", flush=True)
        try:
            importlib.import_module(f"test_{name}").run(full=arguments.full)
        except Exception:  # one test that breaks off must not hide the others
            harness.check(f"{name} runs to its end", False, traceback.format_exc())
        harness.say(f"{time.monotonic() - start:.0f} s")
    harness.summary()
