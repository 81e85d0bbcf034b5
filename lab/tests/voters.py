"""voters.py NAME ROOT QUESTION CHOICE… : visitors who read and vote, until SIGTERM, each on a connection that is kept.

Prints {"requests": N, "repeated": N, "failed": [[when, what, why]…], "sent": {ballot: choice}, "acknowledged": […]}.

A request has failed if the answer is another than the page expects, or if there is none: on a fresh connection at once,
on a kept one after the one repeat that browsers make when it closes before the first byte of an answer.
"""

import http.client
import json
import signal
import ssl
import sys
import threading
import time
import urllib.parse
import uuid

VISITORS = 6
PAUSE = 0.1
# Then the visitor comes back on a fresh connection.
REQUESTS_A_CONNECTION = 40

name, root, question, *choices = sys.argv[1:]
trust = ssl.create_default_context(cafile=root)
stop = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())


class Visitor(threading.Thread):
    def __init__(self):
        super().__init__()
        self.connection, self.used = None, 0
        self.requests, self.repeated, self.failed = 0, 0, []
        self.sent, self.acknowledged = {}, []

    def run(self):
        while not stop.is_set():
            ballot, choice = str(uuid.uuid4()), choices[self.requests % len(choices)]
            self.ask("GET", "/polls/", 200)
            self.ask("GET", f"/polls/{question}/", 200)
            self.sent[ballot] = choice
            form = urllib.parse.urlencode({"choice": choice, "ballot": ballot})
            if self.ask("POST", f"/polls/{question}/vote/", 303, form):
                self.acknowledged.append(ballot)
            self.ask("GET", f"/polls/{question}/results/?ballot={ballot}", 200)

    def ask(self, method, path, expected, form=None):
        """Whether the answer is the expected one; notes it otherwise."""
        self.requests += 1
        try:
            try:
                status = self.once(method, path, form)
            except (http.client.RemoteDisconnected, ConnectionError, ssl.SSLEOFError):
                if self.used == 0:
                    raise
                self.repeated += 1
                self.leave()
                status = self.once(method, path, form)
            why = None if status == expected else f"status {status}"
        except (OSError, http.client.HTTPException) as error:
            why = repr(error)
        if why:
            self.failed.append([time.strftime("%H:%M:%S"), f"{method} {path}", why])
            self.leave()
        elif self.used >= REQUESTS_A_CONNECTION:
            self.leave()
        stop.wait(PAUSE)
        return not why

    def once(self, method, path, form):
        if self.connection is None:
            self.connection, self.used = http.client.HTTPSConnection(name, timeout=30, context=trust), 0
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{name}"} if form else {}
        self.connection.request(method, path, form, headers)
        answer = self.connection.getresponse()
        answer.read()
        self.used += 1
        if answer.will_close:
            self.leave()
        return answer.status

    def leave(self):
        if self.connection is not None:
            self.connection.close()
        self.connection, self.used = None, 0


visitors = [Visitor() for _ in range(VISITORS)]
for visitor in visitors:
    visitor.start()
for visitor in visitors:
    visitor.join()
print(
    json.dumps(
        {
            "requests": sum(visitor.requests for visitor in visitors),
            "repeated": sum(visitor.repeated for visitor in visitors),
            "failed": [fault for visitor in visitors for fault in visitor.failed],
            "sent": {ballot: choice for visitor in visitors for ballot, choice in visitor.sent.items()},
            "acknowledged": [ballot for visitor in visitors for ballot in visitor.acknowledged],
        }
    )
)
