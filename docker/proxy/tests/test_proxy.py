"""The proxy's configuration, asked from outside: a real nginx in front of two stub hosts.

Each test's name is a sentence about the proxy. Started by ``run``, which makes the network namespace.
"""

import contextlib
import http.client
import http.server
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
import unittest

import jinja2
import yaml

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]
ROLE = REPOSITORY / "ansible" / "roles" / "nginx_proxy"
MOUNTED = pathlib.Path("/etc/polls-proxy")
LOGS = pathlib.Path("/var/log/polls-proxy")
DOMAIN = "polls.example.org"
HOSTS = {"app1": "10.77.0.11", "app2": "10.77.0.12"}
BALLOT = "0b6f1d6e-6d5c-4a5e-9a39-2f3c8f0c7a11"


class StubHost(http.server.ThreadingHTTPServer):
    """One application host: notes every request, then does what the test's ``behaviour`` says."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 512

    def __init__(self, name, address):
        self.name = name
        self.seen = []
        self.behaviour = None
        super().__init__((address, 8080), StubAnswer)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def handle_error(self, request, client_address):
        """A connection that the test cut is no error."""


class StubAnswer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status=200, body=None, headers=()):
        body = (body or f"{self.server.name} {len(self.server.seen)}").encode()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def cut(self):
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.connection.close()
        self.wfile = open(os.devnull, "wb")

    def handle_any(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append(self)
        if self.server.behaviour is None or self.server.behaviour(self) is False:
            self.answer()

    do_GET = do_POST = do_HEAD = handle_any

    def log_message(self, *_):
        """Silent."""


def site_files(**overrides):
    """The role's templates of nginx/site/, rendered as the role does, by name."""
    values = yaml.safe_load((ROLE / "defaults/main.yml").read_text())
    values = {name: value for name, value in values.items() if not (isinstance(value, str) and "{{" in value)}
    values |= {
        "nginx_proxy_domain": DOMAIN,
        "nginx_proxy_app_hosts": [{"name": name, "address": address} for name, address in HOSTS.items()],
        "nginx_proxy_app_port": 8080,
        "nginx_proxy_admin_networks": [],
        "nginx_proxy_load_balancer_networks": [],
        "nginx_proxy_load_balancer_header": "X-Forwarded-For",
        "__nginx_proxy_protocol": "",
        "ansible_managed": "test",
    } | overrides
    environment = jinja2.Environment(trim_blocks=True, keep_trailing_newline=True, undefined=jinja2.StrictUndefined)
    environment.filters |= {"comment": "# {}".format, "regex_escape": re.escape}
    names = yaml.safe_load((ROLE / "vars/main.yml").read_text())["__nginx_proxy_site_files"]
    return {
        name: environment.from_string((ROLE / f"templates/site/{name}.j2").read_text()).render(values)
        for name in names
    }


class Response:
    def __init__(self, raw):
        self.status = raw.status
        self.headers = raw.headers
        self.text = raw.read().decode()


class ProxyTest(unittest.TestCase):
    site = {}
    longMessage = True

    @classmethod
    def setUpClass(cls):
        for left in MOUNTED.iterdir():
            shutil.rmtree(left)
        (MOUNTED / "tls/current").mkdir(parents=True)
        for file in LOGS.iterdir():
            file.unlink()
        shutil.copytree(REPOSITORY / "nginx", MOUNTED / "nginx")
        (MOUNTED / "nginx/site").mkdir()
        cls.write_site(**cls.site)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-days", "1", "-subj", f"/CN={DOMAIN}", "-addext", f"subjectAltName=DNS:{DOMAIN}",
             "-keyout", MOUNTED / "tls/current/privkey.pem", "-out", MOUNTED / "tls/current/fullchain.pem"],
            check=True, capture_output=True)
        cls.nginx = subprocess.Popen(
            ["nginx", "-p", MOUNTED / "nginx", "-c", "nginx.conf", "-g", "daemon off;"], stderr=subprocess.PIPE)
        cls.wait_for_port()
        cls.hosts = {name: StubHost(name, address) for name, address in HOSTS.items()}

    @classmethod
    def tearDownClass(cls):
        cls.nginx.send_signal(signal.SIGTERM)
        cls.nginx.wait(40)
        cls.nginx.stderr.close()
        for host in cls.hosts.values():
            host.shutdown()
            host.server_close()

    @classmethod
    def write_site(cls, **overrides):
        for name, text in site_files(**overrides).items():
            (MOUNTED / "nginx/site" / name).write_text(text)

    @classmethod
    def wait_for_port(cls):
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", 443), 1):
                return
            if cls.nginx.poll() is not None:
                raise AssertionError(cls.nginx.stderr.read().decode())
            time.sleep(0.05)
        raise AssertionError("nginx doesn't listen")

    def setUp(self):
        for host in self.hosts.values():
            host.behaviour = None
            host.seen.clear()

    @property
    def seen(self):
        """What reached the application, in order of host."""
        return [request for host in self.hosts.values() for request in host.seen]

    def all_hosts(self, behaviour):
        for host in self.hosts.values():
            host.behaviour = behaviour

    def open(self, address="127.0.0.1", source=None, name=DOMAIN):
        context = ssl.create_default_context(cafile=MOUNTED / "tls/current/fullchain.pem")
        plain = socket.create_connection((address, 443), 30, (source, 0) if source else None)
        connection = http.client.HTTPSConnection(DOMAIN, timeout=30)
        connection.sock = context.wrap_socket(plain, server_hostname=name)
        self.addCleanup(connection.close)
        return connection

    def ask(self, path, method="GET", body=None, headers=None, **where):
        connection = self.open(**where)
        connection.request(method, path, body, headers or {})
        return Response(connection.getresponse())

    def vote(self, poll=7, **options):
        return self.ask(f"/polls/{poll}/vote/", "POST", f"choice=1&ballot={BALLOT}", **options)

    def raw(self, request, address="127.0.0.1", port=80):
        """What comes back on a bare connection; nothing if it is just closed."""
        with socket.create_connection((address, port), 10) as connection:
            connection.sendall(request)
            with contextlib.suppress(ConnectionResetError):
                return connection.makefile("rb").read()
        return b""

    def reload(self):
        """Has nginx read its configuration again, and waits until only new workers accept."""
        before = self.workers()
        self.nginx.send_signal(signal.SIGHUP)
        for _ in range(200):
            time.sleep(0.05)
            if len(self.workers() - before) == len(before):
                time.sleep(0.2)
                return
        raise AssertionError("no new workers: " + (LOGS / "error.log").read_text())

    def workers(self):
        found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.nginx.pid)], capture_output=True, text=True)
        return set(found.stdout.split())


class Names(ProxyTest):
    def test_port_80_sends_to_https_with_the_whole_address(self):
        for address in ("127.0.0.1", "::1"):
            answer = self.raw(f"GET /polls/?page=2 HTTP/1.1\r\nHost: {DOMAIN}\r\nConnection: close\r\n\r\n".encode(), address)
            self.assertIn(b"301 Moved", answer)
            self.assertIn(f"Location: https://{DOMAIN}/polls/?page=2\r\n".encode(), answer)

    def test_an_unknown_name_gets_no_answer_on_port_80(self):
        for address in ("127.0.0.1", "::1"):
            for name in ("203.0.113.10", "evil.example"):
                answer = self.raw(f"GET / HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode(), address)
                self.assertEqual(b"", answer)

    def test_an_unknown_name_gets_no_certificate(self):
        for address in ("127.0.0.1", "::1"):
            for name in ("evil.example", None):
                context = ssl._create_unverified_context()
                with socket.create_connection((address, 443)) as plain, self.assertRaises(ssl.SSLError):
                    context.wrap_socket(plain, server_hostname=name)

    def test_an_unknown_host_header_gets_no_answer_over_tls(self):
        connection = self.open()
        connection.putrequest("GET", "/polls/", skip_host=True)
        connection.putheader("Host", "evil.example")
        connection.endheaders()
        with self.assertRaises(ConnectionResetError):
            connection.getresponse()
        self.assertEqual([], self.seen)

    def test_proofs_for_the_authority_are_served_on_port_80(self):
        proof = pathlib.Path("/var/www/acme/.well-known/acme-challenge/token")
        proof.parent.mkdir(parents=True, exist_ok=True)
        proof.write_text("token.thumbprint")
        request = f"GET /.well-known/acme-challenge/token HTTP/1.1\r\nHost: {DOMAIN}\r\nConnection: close\r\n\r\n"
        self.assertTrue(self.raw(request.encode()).endswith(b"\r\n\r\ntoken.thumbprint"))


class Tls(ProxyTest):
    def negotiate(self, *options):
        return subprocess.run(
            ["openssl", "s_client", "-connect", "127.0.0.1:443", "-servername", DOMAIN, *options],
            input=b"", capture_output=True).stdout.decode(errors="replace")

    def test_old_protocols_are_refused(self):
        for version in ("-tls1", "-tls1_1"):
            self.assertIn("Cipher is (NONE)", self.negotiate(version, "-cipher", "DEFAULT@SECLEVEL=0"))
        for version in ("-tls1_2", "-tls1_3"):
            self.assertNotIn("Cipher is (NONE)", self.negotiate(version))

    def test_suites_without_forward_secrecy_or_with_finite_field_keys_are_refused(self):
        for suite in ("AES128-GCM-SHA256", "DHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA256"):
            self.assertIn("Cipher is (NONE)", self.negotiate("-tls1_2", "-cipher", suite))

    def test_the_hybrid_key_exchange_is_offered(self):
        self.assertIn("X25519MLKEM768", self.negotiate("-groups", "X25519MLKEM768"))

    def test_http_2_is_offered(self):
        self.assertIn("ALPN protocol: h2", self.negotiate("-alpn", "h2,http/1.1"))

    def test_hsts_lasts_two_years_and_the_version_is_nobodys_business(self):
        for path in ("/polls/", "/polls/7/", "/polls/7/results/", "/admin/", "/a;b"):
            answer = self.ask(path)
            self.assertEqual(["max-age=63072000"], answer.headers.get_all("Strict-Transport-Security"), path)
            self.assertEqual("nginx", answer.headers["Server"])


class ClientAddress(ProxyTest):
    def test_a_forged_address_changes_nothing(self):
        forged = {"X-Forwarded-For": "192.0.2.66", "Forwarded": "for=192.0.2.66", "X-Real-IP": "192.0.2.66",
                  "X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example", "Proxy": "evil.example"}
        self.ask("/polls/7/", headers=forged, address="10.77.0.10", source="198.51.100.7")
        headers = self.seen[0].headers
        self.assertEqual(["198.51.100.7"], headers.get_all("X-Forwarded-For"))
        self.assertEqual(["https"], headers.get_all("X-Forwarded-Proto"))
        self.assertEqual([DOMAIN], headers.get_all("X-Forwarded-Host"))
        for name in ("Forwarded", "X-Real-IP", "Proxy"):
            self.assertNotIn(name, headers)

    def test_an_ipv6_client_keeps_its_address(self):
        self.ask("/polls/7/", address="2001:db8:51::7", source="2001:db8:51::7")
        self.assertEqual("2001:db8:51::7", self.seen[0].headers["X-Forwarded-For"])

    def test_a_request_has_one_id_and_the_client_doesnt_choose_it(self):
        answer = self.ask("/polls/7/", headers={"X-Request-ID": "mine"})
        self.assertRegex(answer.headers["X-Request-ID"], "^[0-9a-f]{32}$")
        self.assertEqual([answer.headers["X-Request-ID"]], self.seen[0].headers.get_all("X-Request-ID"))


class Votes(ProxyTest):
    def first_try(self, behaviour):
        """The first try of each request ends as the behaviour says, the second is answered."""
        tried = set()

        def once(request):
            request_id = request.headers["X-Request-ID"]
            if request_id in tried:
                return False
            tried.add(request_id)
            return behaviour(request)
        self.all_hosts(once)

    def assert_sent_twice_with_one_id(self):
        self.assertEqual(2, len(self.seen))
        self.assertEqual(1, len({request.headers["X-Request-ID"] for request in self.seen}))
        self.assertEqual([1, 1], [len(host.seen) for host in self.hosts.values()])

    def test_a_vote_that_meets_an_overloaded_host_goes_to_the_other(self):
        self.first_try(lambda request: request.answer(503))
        self.assertEqual(200, self.vote().status)
        self.assert_sent_twice_with_one_id()

    def test_a_vote_whose_host_dies_goes_to_the_other(self):
        self.first_try(StubAnswer.cut)
        self.assertEqual(200, self.vote().status)
        self.assert_sent_twice_with_one_id()

    def test_a_vote_whose_host_hangs_goes_to_the_other(self):
        self.first_try(lambda request: time.sleep(8))
        self.assertEqual(200, self.vote().status)
        self.assert_sent_twice_with_one_id()

    def test_a_vote_is_tried_twice_and_the_applications_own_answer_passes(self):
        self.all_hosts(lambda request: request.answer(503, "not confirmed yet", [("Retry-After", "2")]))
        answer = self.vote()
        self.assertEqual((503, "not confirmed yet", "2"), (answer.status, answer.text, answer.headers["Retry-After"]))
        self.assertEqual(2, len(self.seen))

    def test_a_vote_that_reaches_nobody_says_that_it_isnt_confirmed(self):
        self.all_hosts(StubAnswer.cut)
        answer = self.vote(headers={"Accept-Language": "fr-CA,fr;q=0.8"})
        self.assertEqual(503, answer.status)
        self.assertEqual("5", answer.headers["Retry-After"])
        self.assertIn("Votre vote n’est pas encore confirmé", answer.text)


class OtherRequests(ProxyTest):
    def test_a_form_of_the_console_is_never_sent_twice(self):
        for behaviour in (StubAnswer.cut, lambda request: request.answer(503)):
            self.setUp()
            self.all_hosts(behaviour)
            self.assertEqual(503, self.ask("/admin/question/add/", "POST", "text=Hello").status)
            self.assertEqual(1, len(self.seen))

    def test_a_form_elsewhere_is_never_sent_twice(self):
        self.all_hosts(StubAnswer.cut)
        for path in ("/polls/7/", "/polls/7/vote", "/language/"):
            self.setUp()
            self.all_hosts(StubAnswer.cut)
            self.assertEqual(503, self.ask(path, "POST", "language=fr").status)
            self.assertEqual(1, len(self.seen), path)

    def test_a_page_whose_host_dies_comes_from_the_other(self):
        for host in self.hosts.values():
            self.setUp()
            host.behaviour = StubAnswer.cut
            for _ in range(4):
                self.assertEqual(200, self.ask("/polls/7/").status)

    def test_a_hanging_address_takes_the_hosts_away_from_nobody(self):
        # Votes on poll 9 hang on both hosts. Three of them would mark each host as failed.
        self.all_hosts(lambda request: time.sleep(6) if "/9/" in request.path else False)
        hanging = [threading.Thread(target=self.vote, args=(9,)) for _ in range(8)]
        for thread in hanging:
            thread.start()
        ends = time.monotonic() + 14
        while time.monotonic() < ends:
            self.assertEqual(200, self.vote(7).status)
            self.assertEqual(200, self.ask("/polls/7/").status)
            self.assertEqual(200, self.ask("/admin/").status)
            time.sleep(0.2)
        for thread in hanging:
            thread.join()
        log = (LOGS / "error.log").read_text()
        self.assertIn("upstream server temporarily disabled", log, "the hosts were never marked: nothing was tested")

    def test_a_semicolon_goes_around_no_rule(self):
        for path in ("/admin;x/", "/admin%3bx/", "/polls/7/results;x/"):
            self.assertEqual(400, self.ask(path).status)
        self.assertEqual([], self.seen)

    def test_a_body_over_one_mebibyte_is_refused_in_style(self):
        self.assertEqual(200, self.ask("/polls/7/", "POST", "x" * 1024 * 1024).status)
        answer = self.ask("/polls/7/", "POST", "x" * (1024 * 1024 + 1))
        self.assertEqual(413, answer.status)
        self.assertIn("<h1>That is too much</h1>", answer.text)
        self.assertEqual(1, len(self.seen))

    def test_the_applications_own_error_pages_pass(self):
        for status in (400, 403, 404, 405, 500, 503):
            self.all_hosts(lambda request: request.answer(status, "the application's own"))
            answer = self.ask("/polls/7/")
            self.assertEqual((status, "the application's own"), (answer.status, answer.text))

    def test_no_host_is_503_with_a_page_and_a_time_to_come_back(self):
        self.all_hosts(StubAnswer.cut)
        for path, method in (("/polls/", "GET"), ("/polls/7/", "GET"), ("/admin/", "GET"), ("/", "POST")):
            answer = self.ask(path, method)
            self.assertEqual((503, "5"), (answer.status, answer.headers["Retry-After"]))
            self.assertIn("<h1>Not available right now</h1>", answer.text)
            self.assertIn(answer.headers["X-Request-ID"], answer.text)


class Console(ProxyTest):
    def test_a_session_stays_on_its_host(self):
        for name in HOSTS:
            for _ in range(6):
                answer = self.ask("/admin/", headers={"Cookie": f"polls_language=en; JSESSIONID=Ab-1_x.{name}"})
                self.assertTrue(answer.text.startswith(name))

    def test_another_host_stands_in_for_one_that_is_gone(self):
        self.hosts["app1"].behaviour = StubAnswer.cut
        for _ in range(6):
            answer = self.ask("/admin/", headers={"Cookie": "JSESSIONID=Ab-1_x.app1"})
            self.assertTrue(answer.text.startswith("app2"))

    def test_without_a_session_both_hosts_are_used(self):
        self.assertEqual(set(HOSTS), {self.ask("/admin/").text.split()[0] for _ in range(8)})


class Stream(ProxyTest):
    def test_an_event_arrives_before_the_next_is_written(self):
        go_on = threading.Event()

        def stream(request):
            request.send_response(200)
            request.send_header("Content-Type", "text/event-stream")
            request.send_header("Connection", "close")
            request.end_headers()
            request.wfile.write(b"data: 1\n\n")
            request.wfile.flush()
            request.wfile.write(b"data: 2\n\n" if go_on.wait(20) else b"data: nobody read the first\n\n")
            request.close_connection = True
        self.all_hosts(stream)
        connection = self.open()
        connection.request("GET", "/polls/7/results/live", headers={"Accept": "text/event-stream"})
        answer = connection.getresponse()
        self.assertEqual(b"data: 1\n", answer.readline())
        go_on.set()
        self.assertEqual(b"\ndata: 2\n\n", answer.read())


class MicroCache(ProxyTest):
    poll = 100

    def setUp(self):
        super().setUp()
        MicroCache.poll += 1
        self.results = f"/polls/{self.poll}/results/"

    def times_asked(self, *requests):
        """How many of the requests (address, headers) reached the application."""
        self.setUp()
        for path, headers in requests:
            self.ask(path.replace("RESULTS", self.results), headers=headers)
        return len(self.seen)

    def test_the_same_page_is_rendered_once_a_second(self):
        self.assertEqual(1, self.times_asked(*[("RESULTS", {})] * 5))
        first = self.ask(self.results).text
        time.sleep(2.1)  # nginx counts whole seconds: a copy lives until the next one ends
        self.assertNotEqual(first, self.ask(self.results).text)

    def test_a_ballot_never_comes_from_the_cache_in_whatever_spelling(self):
        for query in (f"ballot={BALLOT}", "ballot=", "ballot", f"%62allot={BALLOT}", f"page=1&ballot={BALLOT}",
                      f"page=1%26ballot={BALLOT}", f"BALLOT={BALLOT}"):
            self.assertEqual(3, self.times_asked(*[(f"RESULTS?{query}", {})] * 3), query)

    def test_a_page_for_one_voter_is_not_shown_to_others(self):
        own = self.ask(f"{self.results}?ballot={BALLOT}").text
        self.assertNotEqual(own, self.ask(self.results).text)

    def test_pages_and_languages_are_kept_apart(self):
        en, fr = {"Accept-Language": "en"}, {"Accept-Language": "fr-FR,fr;q=0.9,en;q=0.8"}
        self.assertEqual(2, self.times_asked(("RESULTS", en), ("RESULTS", fr), ("RESULTS", en), ("RESULTS", fr)))
        self.assertEqual(2, self.times_asked(("RESULTS", en), ("RESULTS?page=2", en), ("RESULTS?page=2", en)))
        chosen = {"Accept-Language": "en", "Cookie": "polls_language=fr"}
        self.assertEqual(2, self.times_asked(("RESULTS", en), ("RESULTS", chosen)))
        weighted = {"Accept-Language": "fr;q=0.1, en"}
        self.assertEqual(2, self.times_asked(("RESULTS", fr), ("RESULTS", weighted)))

    def test_the_poll_itself_and_the_console_are_never_kept(self):
        self.assertEqual(3, self.times_asked(*[("/polls/7/", {})] * 3))
        self.assertEqual(3, self.times_asked(*[("/admin/", {})] * 3))

    def test_what_the_application_calls_private_or_sets_a_cookie_is_never_kept(self):
        for headers in ([("Cache-Control", "no-store")], [("Cache-Control", "private")], [("Set-Cookie", "a=b")]):
            self.setUp()
            self.all_hosts(lambda request: request.answer(headers=headers))
            self.ask(self.results)
            self.ask(self.results)
            self.assertEqual(2, len(self.seen), headers)

    def test_errors_are_never_kept(self):
        self.all_hosts(lambda request: request.answer(404))
        self.ask(self.results)
        self.ask(self.results)
        self.assertEqual(2, len(self.seen))

    def test_a_crowd_that_comes_at_once_is_one_request(self):
        def slowly(request):
            time.sleep(0.3)
            request.answer()
        self.all_hosts(slowly)
        crowd = [threading.Thread(target=self.ask, args=(self.results,)) for _ in range(12)]
        for thread in crowd:
            thread.start()
        for thread in crowd:
            thread.join()
        self.assertEqual(1, len(self.seen))


class Limits(ProxyTest):
    site = {"nginx_proxy_vote_rate": "1r/m", "nginx_proxy_vote_burst": 3,
            "nginx_proxy_sign_in_rate": "1r/m", "nginx_proxy_sign_in_burst": 3}

    def test_too_many_votes_are_429_with_a_page_in_the_visitors_language(self):
        source = {"address": "10.77.0.10", "source": "198.51.100.7"}
        self.assertEqual([200] * 4 + [429] * 2, [self.vote(**source).status for _ in range(6)])
        answer = self.vote(headers={"Cookie": "polls_language=fr"}, **source)
        self.assertEqual("10", answer.headers["Retry-After"])
        self.assertIn("<h1>Trop de requêtes</h1>", answer.text)
        self.assertEqual(200, self.ask("/polls/7/", **source).status)
        self.assertEqual(200, self.vote(address="10.77.0.10", source="10.77.0.12").status)

    def test_ipv6_clients_are_counted_by_network(self):
        for address in ("2001:db8:51::7", "2001:db8:51::8"):
            subprocess.run(["ip", "-6", "address", "replace", f"{address}/128", "dev", "lo"], check=True)
        statuses = [self.vote(address="2001:db8:51::7", source=f"2001:db8:51::{7 + number % 2}").status
                    for number in range(6)]
        self.assertEqual([200] * 4 + [429] * 2, statuses)

    def test_too_many_sign_ins_are_429_and_other_forms_are_not(self):
        statuses = [self.ask("/admin/login/", "POST", "username=a").status for _ in range(6)]
        self.assertEqual([200] * 4 + [429] * 2, statuses)
        self.assertEqual(200, self.ask("/admin/login/").status)
        self.assertEqual(200, self.ask("/admin/question/1/", "POST", "text=a").status)


class SharedOffice(ProxyTest):
    def test_an_office_behind_one_address_votes_and_signs_in_undisturbed(self):
        statuses = []

        def vote_often():
            connection = self.open()
            for _ in range(50):
                connection.request("POST", "/polls/7/vote/", f"choice=1&ballot={BALLOT}")
                statuses.append(Response(connection.getresponse()).status)
        voters = [threading.Thread(target=vote_often) for _ in range(10)]
        for thread in voters:
            thread.start()
        for thread in voters:
            thread.join()
        self.assertEqual([200] * 500, statuses)
        self.assertEqual([200] * 20, [self.ask("/admin/login/", "POST", "username=a").status for _ in range(20)])


class Restricted(ProxyTest):
    site = {"nginx_proxy_admin_networks": ["198.51.100.0/24", "2001:db8:51::/64"]}

    def test_the_console_is_open_to_its_networks_only(self):
        allowed = {"address": "10.77.0.10", "source": "198.51.100.7"}
        for path in ("/admin/", "/admin", "/%61dmin/", "//admin/", "/polls/../admin/"):
            self.assertEqual(200, self.ask(path, **allowed).status, path)
            answer = self.ask(path, address="10.77.0.10", source="10.77.0.12")
            self.assertEqual(403, answer.status, path)
            self.assertIn("<h1>Not from here</h1>", answer.text)
        self.assertEqual(200, self.ask("/polls/7/", address="10.77.0.10", source="10.77.0.12").status)


class BehindLoadBalancer(ProxyTest):
    site = {"nginx_proxy_load_balancer_networks": ["198.51.100.7"]}

    def test_the_load_balancer_is_believed_and_nobody_else(self):
        claim = {"X-Forwarded-For": "192.0.2.66"}
        self.ask("/polls/7/", headers=claim, address="10.77.0.10", source="198.51.100.7")
        self.ask("/polls/7/", headers=claim, address="10.77.0.10", source="10.77.0.12")
        self.assertEqual({"192.0.2.66", "10.77.0.12"}, {request.headers["X-Forwarded-For"] for request in self.seen})


class BehindProxyProtocol(ProxyTest):
    site = {"nginx_proxy_load_balancer_networks": ["127.0.0.1"], "nginx_proxy_load_balancer_header": "proxy_protocol",
            "__nginx_proxy_protocol": " proxy_protocol"}

    def test_the_clients_address_comes_with_the_connection(self):
        context = ssl.create_default_context(cafile=MOUNTED / "tls/current/fullchain.pem")
        plain = socket.create_connection(("127.0.0.1", 443))
        plain.sendall(b"PROXY TCP4 192.0.2.66 203.0.113.10 40000 443\r\n")
        connection = http.client.HTTPSConnection(DOMAIN)
        connection.sock = context.wrap_socket(plain, server_hostname=DOMAIN)
        connection.request("GET", "/polls/7/")
        self.assertEqual(200, connection.getresponse().status)
        connection.close()
        self.assertEqual("192.0.2.66", self.seen[0].headers["X-Forwarded-For"])


class Operation(ProxyTest):
    def test_the_log_tells_the_request_and_never_the_ballot(self):
        referer = {"Referer": f"https://{DOMAIN}/polls/7/results/?ballot={BALLOT}"}
        answer = self.ask(f"/polls/7/results/?ballot={BALLOT}", headers=referer)
        self.all_hosts(StubAnswer.cut)
        self.ask("/polls/?page=3", headers=referer)
        self.vote()
        time.sleep(0.3)
        lines = [json.loads(line) for line in (LOGS / "access.log").read_text().splitlines()]
        line = next(line for line in lines if line["request_id"] == answer.headers["X-Request-ID"])
        self.assertEqual(("/polls/7/results/", "200", f"https://{DOMAIN}/polls/7/results/"),
                         (line["path"], line["status"], line["referer"]))
        self.assertIn(("/polls/", "3", "503"), [(line["path"], line["page"], line["status"]) for line in lines])
        self.assertNotIn(BALLOT, (LOGS / "access.log").read_text())

    def test_a_reload_interrupts_nobody(self):
        arrived, go_on = threading.Event(), threading.Event()

        def slowly(request):
            if request.path != "/polls/7/":
                return False
            arrived.set()
            go_on.wait(20)
            return False
        self.all_hosts(slowly)
        answers = []
        asking = threading.Thread(target=lambda: answers.append(self.ask("/polls/7/").status))
        asking.start()
        arrived.wait(10)
        self.reload()
        self.assertEqual(200, self.ask("/polls/8/").status)
        go_on.set()
        asking.join()
        self.assertEqual([200], answers)

    def test_a_host_out_of_rotation_gets_nothing(self):
        try:
            self.write_site(nginx_proxy_resting_hosts=["app1"])
            self.reload()
            for _ in range(6):
                self.ask("/polls/7/")
                self.vote()
                self.ask("/admin/", headers={"Cookie": "JSESSIONID=x.app1"})
            self.assertEqual((0, 18), (len(self.hosts["app1"].seen), len(self.hosts["app2"].seen)))
        finally:
            self.write_site()
            self.reload()
        self.assertEqual(set(HOSTS), {self.ask("/polls/7/").text.split()[0] for _ in range(8)})

