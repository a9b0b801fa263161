"""A voter before the ballot page, without scripts: forms are filled in and sent as a browser would."""

from collections.abc import Iterable
from html.parser import HTMLParser

from starlette.testclient import TestClient


class Form(HTMLParser):
    """The first form of a page: its fields as they stand."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.area = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "textarea":
            self.area = given["name"] or ""
            self.fields.append((self.area, ""))
        if tag != "input" or not given.get("name"):
            return
        if given.get("type") not in ("radio", "checkbox") or "checked" in given:
            self.fields.append((given["name"] or "", given.get("value") or ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[-1] = (self.area, self.fields[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""


class Voter:
    """Somebody with a pass."""

    def __init__(self, client: TestClient, poll: str = "members", way: str = "/v") -> None:
        self.client, self.address = client, f"{way}/{poll}"
        self.page = client.get(self.address)

    def send(self, act: str, *fields: tuple[str, str]) -> str:
        """The form of the page as it stands, with these fields set instead, and a button pressed."""
        set_ = {name for name, _ in fields}
        left = [field for field in Form(self.page.text).fields if field[0] not in set_]
        data: dict[str, list[str]] = {}
        for name, value in [*left, *fields, ("act", act)]:
            data.setdefault(name, []).append(value)
        self.page = self.client.post(self.address, data=data)
        return self.page.text

    def fill(self, code: str, marks: str, contest: str = "members", others: Iterable[str] = ()) -> str:
        """The sheet filled in and sent to be looked at; a blank in `marks` sets nothing."""
        chosen = [(f"{contest}:{place}", mark) for place, mark in enumerate(marks, 1) if mark != " "]
        return self.send("review", ("code", code), *chosen, *((f"{contest}:other", name) for name in others))

    def cast(self) -> str:
        return self.send("cast")
