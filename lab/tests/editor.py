"""An editor at the console, as a browser does it."""

import html.parser
import pathlib

from harness import DOMAIN, check, equal, fetch, say, ssh


class Form(html.parser.HTMLParser):
    """What a browser would send: the hidden fields of a page's forms, and the values of its radio buttons."""

    def __init__(self, page):
        super().__init__()
        self.fields, self.choices = {}, []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "input" and given.get("type") == "hidden":
            self.fields[given["name"]] = given.get("value") or ""
        elif tag == "input" and given.get("type") == "radio":
            self.choices.append(given["value"])


class Editor:
    """An administrator who is made on an app host and signs in through the proxy; `signed_in` is the answer to that."""

    def __init__(self, name, password):
        self.name = name
        code, output = ssh(
            "app1",
            f"POLLS_SUPERUSER_PASSWORD='{password}' polls-manage createsuperuser --no-input --username {name} "
            f"--email {name}@example.org",
        )
        equal(f"an administrator, {name}, is made on an app host", code, 0) or say(output)
        jar = f"/tmp/cookies-{name}"
        pathlib.Path(jar).unlink(missing_ok=True)
        self.keep = ["--cookie", jar, "--cookie-jar", jar]
        address = f"https://{DOMAIN}/admin/login/"
        fields = Form(fetch(address, *self.keep).body).fields
        data = {**fields, "signIn": "signIn", "signIn:username": name, "signIn:secret": password, "signIn:send": ""}
        self.signed_in = fetch(
            address,
            *self.keep,
            "--header",
            f"Origin: https://{DOMAIN}",
            *[word for field, value in data.items() for word in ("--data-urlencode", f"{field}={value}")],
        )
        check(f"{name} signs in", self.signed_in.status in (302, 303), self.signed_in)

    def page(self):
        return fetch(f"https://{DOMAIN}/admin/", *self.keep)

    def is_shown(self, page):
        return page.status == 200 and self.name in page.body
