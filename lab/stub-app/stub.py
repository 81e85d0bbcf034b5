"""Stands in for the application in the lab.

Answers on the application's two ports, says which node answered and what the proxy handed over, and obeys SIGTERM the
way the image promises: not ready, requests finished, exit 0. It counts no votes.
"""

import json
import os
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

NODE = os.environ.get("POLLS_NODE_NAME") or os.uname().nodename
COMMANDS = (
    "migrate",
    "showmigrations",
    "createsuperuser",
    "changepassword",
    "collectstatic",
    "check",
    "dumpdata",
    "loaddata",
    "audit",
)
stopping = threading.Event()


class Server(ThreadingHTTPServer):
    daemon_threads = False  # server_close() waits for the requests that are under way
    request_queue_size = 128


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 15  # an idle connection must not hold up a shutdown for longer

    def answer(self, status, body, headers=()):
        body = (json.dumps(body, indent=2) + "\n").encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Node", NODE)
        for name, value in headers:
            self.send_header(name, value)
        if stopping.is_set():
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


class Application(Handler):
    """Any page under /polls/ and /admin/: the node and the request as it arrived."""

    def respond(self):
        length = int(self.headers.get("Content-Length") or 0)
        if length:
            self.rfile.read(length)
        address = urlsplit(self.path)
        secure = self.headers.get("X-Forwarded-Proto") == "https"
        base = f"{'https' if secure else 'http'}://{self.headers.get('Host', '')}"
        if address.path == "/":
            return self.answer(302, {}, [("Location", base + "/polls/")])
        if address.path in ("/polls", "/admin"):
            return self.answer(308 if self.command == "POST" else 301, {}, [("Location", f"{base}{address.path}/")])
        if not address.path.startswith(("/polls/", "/admin/")):
            return self.answer(404, {"node": NODE})
        query = parse_qs(address.query)
        time.sleep(min(60.0, float(query.get("wait", ["0"])[0])))  # a slow page
        if address.path.endswith("/vote/") and self.command == "POST":
            return self.answer(303, {"node": NODE}, [("Location", f"{base}{address.path[:-5]}results/")])
        cookie = "JSESSIONID=1." + NODE if address.path.startswith("/admin/") else "polls_voter=1"
        cookie += "; HttpOnly; SameSite=Lax; Path=" + ("/admin" if address.path.startswith("/admin/") else "/")
        if secure:
            cookie += "; Secure"
        return self.answer(
            int(query.get("status", ["200"])[0]),
            {
                "node": NODE,
                "peer": self.client_address[0],
                "method": self.command,
                "path": self.path,
                "headers": {name.lower(): self.headers.get_all(name) for name in self.headers},
            },
            [("Set-Cookie", cookie), ("Cache-Control", "no-store")],
        )

    do_GET = do_HEAD = do_POST = respond


class Management(Handler):
    def do_GET(self):
        if self.path == "/health/ready":
            return self.answer(503 if stopping.is_set() else 200, {"status": "DOWN" if stopping.is_set() else "UP"})
        if self.path == "/health/live":
            return self.answer(200, {"status": "UP"})
        return self.answer(404, {})


def serve():
    servers = [Server(("0.0.0.0", 8080), Application), Server(("0.0.0.0", 9990), Management)]
    if os.environ.get("POLLS_CLUSTER_ADDRESS"):
        servers.append(Server(("0.0.0.0", 7600), Management))  # somebody listens where the cluster would
    threads = [threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}) for server in servers]
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    for thread in threads:
        thread.start()
    print(f"{NODE}: ready on port 8080", flush=True)
    stopping.wait()
    for server in servers:
        server.shutdown()
        server.server_close()
    print(f"{NODE}: stopped", flush=True)


if __name__ == "__main__":
    command = sys.argv[1] if len(sys.argv) > 1 else "serve"
    if command == "serve":
        serve()
    elif command in COMMANDS:
        print(f"{command}: nothing to do in the stand-in")
    else:
        print(f"unknown command: {command}", file=sys.stderr)
        sys.exit(2)
