"""Ask one address after the other, over one connection, the way a guest should.

    client = Client(contact="me@museum.org")
    answer = client.get("https://numismatics.org/search/query.csv?q=...")

Every request honors robots.txt, waits its turn, names this program and whom to write to, and is
counted. 429, 5xx and lost connections are tried again, each time later; a site that goes on
refusing is left alone: RefusedError.
"""

import ipaddress
import random
import re
import time
from collections import Counter
from typing import BinaryIO
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, InvalidHeader
from urllib3.util.retry import Retry

from coinvision.collect.answers import Answer, Reply, Validators, answer_of, is_refusal
from coinvision.collect.pace import Pace
from coinvision.collect.robots import AGENT, Robots, origin
from coinvision.errors import FetchError, RefusedError

SHORTEST_DELAY = 1.0  # seconds, for every host but loopback
TRIES = 4  # of one address
BACKOFF = 1.0  # seconds before the first new try; doubled for each further one
MAX_REFUSALS = 20  # in a row, of any addresses, before a site is left alone
LONGEST_RETRY_AFTER = 3600.0  # seconds that are waited; who asks for more is left alone
CONNECT_TIMEOUT, READ_TIMEOUT, WHOLE_TIMEOUT = 10.0, 60.0, 600.0  # seconds
MAX_BODY = 256_000_000  # bytes
MAX_HOPS = 5
_CHUNK = 1 << 16
_MOVED_FOR_GOOD = {301, 308}
_CONTACT = re.compile(r"[!-~]+@[!-~]+\.[!-~]+|https?://[!-~]+")
_RETRY_AFTER = Retry(retry_after_max=10**9)  # only for its reading of the header


class Client:
    """The one door to the network."""

    def __init__(self, *, contact: str, delay: float = SHORTEST_DELAY) -> None:
        """`contact`: a mail or web address where a site's keeper reaches the user.

        `delay`: seconds between requests; at least 1 but for this very machine.

        Raises:
            FetchError: no such contact, or no such delay.
        """
        if not _CONTACT.fullmatch(contact):
            raise FetchError(
                f"The contact {contact!r} is no mail or web address; a site's keeper must be able "
                "to reach you."
            )
        if not 0 <= delay <= LONGEST_RETRY_AFTER:
            raise FetchError(f"A delay of {delay} seconds cannot be; give 1 or some more.")
        self._delay = delay
        self._refused_in_a_row = 0
        self._moved: dict[str, str] = {}
        self._session = _session(contact)
        self.pace = Pace()
        self.robots = Robots(self._get_robots)
        self.counts: Counter[str] = Counter()

    def get(
        self, url: str, *, known: Validators | None = None, sink: BinaryIO | None = None
    ) -> Answer:
        """Ask for an address and follow where it leads.

        Args:
            url: the address, with its query.
            known: of what is here already; the answer may be `unchanged`.
            sink: where a long body goes, instead of into the answer.

        Raises:
            RefusedError: the site does not want to be asked; stop.
            FetchError: nothing usable here; `passing` if a later try may fare better.
        """
        for _ in range(MAX_HOPS):
            check_address(url)
            url = self._where_it_moved(url)
            self.robots.check(url)
            headers = known.headers if known else {}
            reply = self._ask_patiently(url, headers, sink)
            if not reply.leads_on:
                return answer_of(url, reply, conditional=bool(headers))
            url = self._follow(url, reply)
        raise FetchError(f"{url} leads on and on; {MAX_HOPS} redirects are enough.")

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def _get_robots(self, url: str) -> tuple[int, bytes]:
        for _ in range(MAX_HOPS):
            reply = self._ask_patiently(url, {}, None)
            if not reply.leads_on:
                return reply.status, reply.body
            url = self._follow(url, reply)
        return 404, b""  # RFC 9309: too many redirects count as none there

    def _follow(self, url: str, reply: Reply) -> str:
        target = urljoin(url, reply.headers["location"])
        self.counts["redirects"] += 1
        old, new = urlsplit(url), urlsplit(target)
        if reply.status in _MOVED_FOR_GOOD and old[2:4] == new[2:4]:
            # the whole site has moved, as from http to https: saves a request for each picture
            self._moved[origin(url)] = origin(target)
        return target

    def _where_it_moved(self, url: str) -> str:
        old = origin(url)
        new = self._moved.get(old, old)
        return new + url.removeprefix(old)

    def _ask_patiently(self, url: str, headers: dict[str, str], sink: BinaryIO | None) -> Reply:
        """One address, tried again while it is refused for now."""
        for tried in range(TRIES):
            if tried:
                self.counts["retries"] += 1
                self.pace.hold(BACKOFF * 2 ** (tried - 1) * (1 + random.random() / 2))
            try:
                reply = self._ask_once(url, headers, sink)
            except (requests.RequestException, HTTPError) as error:
                fault = f"gave no whole answer ({_first_line(error)})"
            else:
                if not is_refusal(reply.status):
                    self._refused_in_a_row = 0
                    return reply
                fault = f"answered {reply.status}"
            self._note_refusal(url, fault)
            if fault in ("answered 401", "answered 403"):
                return reply
        raise FetchError(f"{url} {fault}, {TRIES} times.", passing=True)

    def _note_refusal(self, url: str, fault: str) -> None:
        self.counts["refusals"] += 1
        self._refused_in_a_row += 1
        if self._refused_in_a_row >= MAX_REFUSALS:
            raise RefusedError(
                f"{MAX_REFUSALS} requests in a row were refused; the last, {url}, {fault}. "
                "What came so far is kept: run the same command again later.",
                passing=True,
            )

    def _ask_once(self, url: str, headers: dict[str, str], sink: BinaryIO | None) -> Reply:
        try:  # before the pause, so that it costs no time
            request = self._session.prepare_request(requests.Request("GET", url, headers=headers))
            settings = self._session.merge_environment_settings(url, {}, True, None, None)
        except (requests.RequestException, UnicodeError) as error:
            raise FetchError(f"{url[:200]!r} is no address on the web.") from error
        self.pace.wait(self._delay_for(url))
        self.counts["requests"] += 1
        limits = (CONNECT_TIMEOUT, READ_TIMEOUT)
        try:
            with self._session.send(
                request, allow_redirects=False, timeout=limits, **settings
            ) as response:
                self.pace.rest()
                body = self._read(response, sink)
        except (requests.RequestException, HTTPError):
            self.pace.rest()
            raise
        self._heed(url, response)
        plain = {name.lower(): value for name, value in response.headers.items()}
        return Reply(response.status_code, plain, body)

    def _read(self, response: requests.Response, sink: BinaryIO | None) -> bytes:
        """The body; into the sink where it is what was asked for."""
        deadline = time.monotonic() + WHOLE_TIMEOUT
        chunks: list[bytes] = []
        size = 0
        goes_away = sink is not None and response.status_code == 200
        if sink is not None:
            sink.seek(0)
            sink.truncate()
        for chunk in response.iter_content(_CHUNK):
            size += len(chunk)
            self.counts["bytes"] += len(chunk)
            if size > MAX_BODY:
                raise FetchError(f"{response.url} is larger than the limit of {MAX_BODY:,} bytes.")
            if time.monotonic() > deadline:
                raise requests.Timeout(f"not done after {WHOLE_TIMEOUT:.0f} seconds")
            if goes_away and sink is not None:
                sink.write(chunk)
            else:
                chunks.append(chunk)
        return b"".join(chunks)

    def _heed(self, url: str, response: requests.Response) -> None:
        """Wait as long as a refusal asks for, or stop if that is too long."""
        said = response.headers.get("Retry-After")
        if not said or not is_refusal(response.status_code):
            return
        try:
            seconds = _RETRY_AFTER.parse_retry_after(said)
        except (InvalidHeader, ValueError, OverflowError):
            return
        if seconds > LONGEST_RETRY_AFTER:
            self.counts["refusals"] += 1
            raise RefusedError(
                f"{url} answered {response.status_code} and asks to be left alone for "
                f"{seconds / 3600:.1f} hours; run the same command again then.",
                passing=True,
            )
        self.pace.hold(seconds)

    def _delay_for(self, url: str) -> float:
        floor = 0.0 if is_loopback(url) else SHORTEST_DELAY
        asked = 0.0 if url.endswith("/robots.txt") else self.robots.delay(url)
        return max(self._delay, floor, asked)


def is_loopback(url: str) -> bool:
    """Whether an address is on this very machine."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_address(url: str) -> None:
    """Raise FetchError for what is no http or https address."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable:
        raise FetchError(f"{url[:200]!r} is no address on the web; expected http(s)://...")


def _session(contact: str) -> requests.Session:
    session = requests.Session()
    session.headers["User-Agent"] = (
        f"{AGENT} (collects photographs of coins for study; contact: {contact})"
    )
    session.headers["Accept-Language"] = "en"  # labels of pages and tables follow it
    # one pool of one connection, for all hosts together
    adapter = HTTPAdapter(pool_connections=1, pool_maxsize=1, pool_block=True, max_retries=0)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:120]
