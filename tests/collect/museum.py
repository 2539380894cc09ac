"""A museum's site on this machine: behaves like Numishare, and misbehaves where it is told to.

with Museum(coins) as museum:
    museum.fault("obv.width350", "html")
    collect(Order(site=museum.site, ...))
    museum.requests   # what it was asked
"""

import hashlib
import io
import re
import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

import museum_pages as pages
from museum_pages import MadeUp
from PIL import Image


def coins(number: int) -> list[MadeUp]:
    """Plain coins with neighboring accession numbers, sorted as the site sorts."""
    return [MadeUp(f"1944.100.{10000 + i}") for i in range(number)]


@dataclass
class Request:
    """What was asked, when, over which connection."""

    path: str
    headers: dict[str, str]
    at: float
    connection: tuple[str, int]


@dataclass
class Fault:
    """What goes wrong for addresses that hold `part`, how many times, after how many good ones."""

    part: str
    kind: str
    times: float
    value: str
    after: int


@dataclass
class Museum:
    """The site; its attributes may be changed at any time."""

    coins: list[MadeUp]
    robots: str = "User-agent: *\nDisallow: /admin\n"
    old_table: bool = False
    layout: str = "list"
    pager: str = "path"
    rows_a_table: int = 40
    has: set[str] = field(
        default_factory=lambda: {"query.csv", "feed/", "results", "apis/getNuds", "iiif"}
    )
    gone: set[str] = field(default_factory=set)  # coins that vanished from all but the table
    endless: bool = False  # every page of a list is the first again, and says there is a next one
    requests: list[Request] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def __enter__(self) -> "Museum":
        museum = self

        class Handler(_Handler):
            site = museum

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        self.site = f"{self.base}/search/"
        self._lock = threading.Lock()
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def fault(
        self, part: str, kind: str, times: float = 1, *, value: str = "", after: int = 0
    ) -> None:
        """Let something go wrong: kind is a status, `slow`, `cut`, `truncated`, `html`, `type`,
        `garbage` or `moved`."""
        self.faults.append(Fault(part, kind, times, value, after))

    def due_fault(self, path: str) -> Fault | None:
        with self._lock:
            for fault in self.faults:
                if fault.part in path and fault.times > 0:
                    if fault.after > 0:
                        fault.after -= 1
                        return None
                    fault.times -= 1
                    return fault
        return None

    def paths(self, part: str = "") -> list[str]:
        """The addresses asked for that hold a part."""
        return [request.path for request in self.requests if part in request.path]

    def counts(self) -> Counter[str]:
        """How often each address was asked for."""
        return Counter(request.path for request in self.requests)

    def answer(self, raw: str) -> tuple[int, str, bytes] | None:
        """Status, type and body for an address; None if there is nothing."""
        parts = urlsplit(raw)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/robots.txt":
            return 200, "text/plain", self.robots.encode()
        for name, make in (("query.csv", self._table), ("feed/", self._feed),
                           ("results", self._results), ("apis/getNuds", self._group)):  # fmt: skip
            if parts.path == f"/search/{name}" and name in self.has:
                return make(asked)
        record = re.fullmatch(r"/(?:search/id|collection)/([\d.]+)\.xml", parts.path)
        if record and (coin := self._coin(record[1])):
            return 200, "application/xml", pages.nuds(self.base, coin).encode()
        return self._picture(parts.path)

    def _coin(self, coin_id: str) -> MadeUp | None:
        found = [coin for coin in self.coins if coin.coin_id == coin_id]
        return found[0] if found and coin_id not in self.gone else None

    def _page(self, asked: dict[str, str], size: int) -> tuple[list[MadeUp], int]:
        start = 0 if self.endless else int(asked.get("start", 0))
        return self.coins[start : start + size], int(asked.get("start", 0))

    def _table(self, asked: dict[str, str]) -> tuple[int, str, bytes]:
        found, _ = self._page(asked, self.rows_a_table)
        return 200, "text/csv", pages.table(self.base, found, old=self.old_table).encode()

    def _feed(self, asked: dict[str, str]) -> tuple[int, str, bytes]:
        found, start = self._page(asked, 100)
        text = pages.feed(self.base, found, total=self._total, start=start)
        return 200, "application/atom+xml", text.encode()

    def _results(self, asked: dict[str, str]) -> tuple[int, str, bytes]:
        found, start = self._page(asked, 20)
        text = pages.results(
            self.base, found, total=self._total, start=start, layout=self.layout,
            pager=self.pager, last=not self.endless and start + 20 >= len(self.coins),
        )  # fmt: skip
        return 200, "text/html", text.encode()

    @property
    def _total(self) -> int:
        return 10**9 if self.endless else len(self.coins)

    def _group(self, asked: dict[str, str]) -> tuple[int, str, bytes]:
        wanted = [self._coin(name) for name in asked["identifiers"].split("|")]
        records = "".join(pages.nuds(self.base, coin) for coin in wanted if coin)
        return 200, "application/xml", f"<nudsGroup>{records}</nudsGroup>".encode()

    def _picture(self, path: str) -> tuple[int, str, bytes] | None:
        match = re.fullmatch(
            r"/collectionimages/\d+/\d+/([\d.]+)\.(obv|rev)\.(?:width(\d+)|noscale)\.jpg"
            r"(?:/full/(\d+),/0/default\.jpg)?",
            unquote(path),
        )
        if not match or not self._coin(match[1]):
            return None
        if match[4] and ("iiif" not in self.has or "%2F" not in path):
            return None
        return 200, "image/jpeg", picture(match[1], int(match[4] or match[3]))


def picture(coin_id: str, width: int) -> bytes:
    """A small photograph of its own for each coin; its width is a tenth, to be quick."""
    shade = hashlib.sha256(coin_id.encode()).digest()
    image = Image.new("RGB", (max(16, width // 10), 20), (shade[0], shade[1], shade[2]))
    image.putpixel((3, 3), (255, 255, 255))
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


class _Handler(BaseHTTPRequestHandler):
    site: Museum
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet, or the kernel waits 40 ms between them

    def do_GET(self) -> None:
        museum = self.site
        museum.requests.append(
            Request(self.path, dict(self.headers), time.monotonic(), self.client_address)
        )
        fault = museum.due_fault(self.path)
        answer = museum.answer(self.path)
        status, kind, body = answer or (404, "text/html", b"<html>Not found</html>")
        if fault is None:
            self._send(status, kind, body)
        elif fault.kind.isdigit():
            headers = {"Retry-After": fault.value} if fault.value else {}
            self._send(int(fault.kind), "text/html", b"<html>no</html>", headers)
        else:
            getattr(self, f"_{fault.kind}")(status, kind, body, fault.value)

    def _send(
        self, status: int, kind: str, body: bytes, headers: dict[str, str] | None = None
    ) -> None:
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if status == 200 and self.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def _slow(self, status: int, kind: str, body: bytes, value: str) -> None:
        time.sleep(float(value))
        self._send(status, kind, body)

    def _cut(self, status: int, kind: str, body: bytes, value: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _truncated(self, status: int, kind: str, body: bytes, value: str) -> None:
        self._send(status, kind, body[: len(body) // 2])

    def _html(self, status: int, kind: str, body: bytes, value: str) -> None:
        self._send(200, "image/jpeg", b"<!DOCTYPE html><html><body>Log in</body></html>")

    def _type(self, status: int, kind: str, body: bytes, value: str) -> None:
        self._send(status, "text/html", body)

    def _garbage(self, status: int, kind: str, body: bytes, value: str) -> None:
        self._send(200, kind, value.encode())

    def _moved(self, status: int, kind: str, body: bytes, value: str) -> None:
        self._send(301, kind, b"", {"Location": value})

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing; `requests` keeps it."""
