"""probe.py SECONDS ADDRESS:PORT… : tries to connect to each, all at once, and prints one JSON object {target: what}.

What: "open" (somebody accepted), "refused", "unreachable", "silent" (no answer in that time).
probe.py watch ADDRESS:PORT… : goes on trying until SIGTERM, then prints {"rounds": N, "open": [[when, target]…]}.
"""

import concurrent.futures
import ipaddress
import json
import signal
import socket
import sys
import time


def probe(target, seconds):
    address, _, port = target.rpartition(":")
    address = address.strip("[]")
    family = socket.AF_INET6 if ipaddress.ip_address(address).version == 6 else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as connection:
        connection.settimeout(seconds)
        try:
            connection.connect((address, int(port)))
        except ConnectionRefusedError:
            return "refused"
        except TimeoutError:
            return "silent"
        except OSError:
            return "unreachable"
        # Docker's own relay accepts first and then finds out that it may not: that isn't open.
        try:
            connection.settimeout(0.2)
            return "open" if connection.recv(1) else "refused"
        except TimeoutError:
            return "open"
        except OSError:
            return "refused"


def once(targets, seconds):
    with concurrent.futures.ThreadPoolExecutor(max_workers=256) as pool:
        return dict(zip(targets, pool.map(lambda target: probe(target, seconds), targets)))


def watch(targets):
    stop = []
    signal.signal(signal.SIGTERM, lambda *_: stop.append(True))
    rounds, opened = 0, []
    while not stop:
        for target, state in once(targets, 0.4).items():
            if state == "open":
                opened.append([time.strftime("%H:%M:%S"), target])
        rounds += 1
        time.sleep(0.05)
    print(json.dumps({"rounds": rounds, "open": opened}))


if __name__ == "__main__":
    if sys.argv[1] == "watch":
        watch(sys.argv[2:])
    else:
        print(json.dumps(once(sys.argv[2:], float(sys.argv[1]))))
