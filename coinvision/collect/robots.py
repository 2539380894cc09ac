"""What each site's robots.txt allows, and how often; read once a day, by Protego.

A site without one allows everything; one that hides it (401, 403) or cannot show it forbids
everything until it can.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from coinvision.errors import FetchError

AGENT = "Coinvision"  # the name by which a robots.txt may address this program
VALID_FOR = 24 * 3600.0  # seconds, as RFC 9309 has it
LONGEST = 500_000  # bytes that are read, as RFC 9309 has it
Fetch = Callable[[str], tuple[int, bytes]]


@dataclass(frozen=True)
class _Rules:
    parsed: Protego | None  # None forbids everything
    until: float


class Robots:
    """The rules of all sites met, fetched when first needed."""

    def __init__(self, fetch: Fetch, *, clock: Callable[[], float] = time.monotonic) -> None:
        """`fetch` gives the status and the body of a robots.txt, or raises FetchError."""
        self._fetch = fetch
        self._clock = clock
        self._rules: dict[str, _Rules] = {}

    def check(self, url: str) -> None:
        """Raise FetchError if the site's rules forbid this address or cannot be known."""
        rules = self._rules_for(url)
        if rules.parsed is None:
            raise FetchError(
                f"{origin(url)} does not show its robots.txt, so {url} is not asked for.",
                passing=True,
            )
        if not rules.parsed.can_fetch(url, AGENT):
            raise FetchError(f"{url} is forbidden by the robots.txt of {origin(url)}.")

    def delay(self, url: str) -> float:
        """Seconds between requests that the site asks for; 0 if it says nothing."""
        parsed = self._rules_for(url).parsed
        if parsed is None:
            return 0.0
        rate = parsed.request_rate(AGENT)
        by_rate = rate.seconds / rate.requests if rate and rate.requests else 0.0
        asked = max(parsed.crawl_delay(AGENT) or 0.0, by_rate)
        return asked if math.isfinite(asked) else 0.0

    def _rules_for(self, url: str) -> _Rules:
        site = origin(url)
        rules = self._rules.get(site)
        if rules is None or rules.until < self._clock():
            rules = _Rules(self._read(f"{site}/robots.txt"), self._clock() + VALID_FOR)
            self._rules[site] = rules
        return rules

    def _read(self, url: str) -> Protego | None:
        try:
            status, body = self._fetch(url)
        except FetchError as error:
            if not error.passing:
                raise
            return None
        if status in (401, 403):
            return None
        text = body[:LONGEST].decode("utf-8", "replace") if status == 200 else ""
        return Protego.parse(text)


def origin(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "", "", ""))
