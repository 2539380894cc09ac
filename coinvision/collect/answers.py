"""What a site answers: a body, or that what we have still holds, or no."""

from dataclasses import dataclass

from coinvision.errors import FetchError

REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True)
class Validators:
    """What an answer said about its version, to ask later whether it still holds."""

    etag: str = ""
    last_modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The headers of a conditional request; none if nothing is known."""
        known = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in known.items() if value}


@dataclass(frozen=True)
class Answer:
    """An answer of 200, or of 304: what we have still holds."""

    url: str  # where it came from in the end
    body: bytes  # empty for 304, and if it went into a sink
    unchanged: bool
    validators: Validators


@dataclass(frozen=True)
class Reply:
    """Any answer, as it came; names of headers in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def leads_on(self) -> bool:
        """Whether it is a redirect."""
        return self.status in REDIRECTS and "location" in self.headers


def answer_of(url: str, reply: Reply, *, conditional: bool) -> Answer:
    """What a reply gives; FetchError if that is nothing."""
    unchanged = reply.status == 304 and conditional
    if reply.status != 200 and not unchanged:
        raise FetchError(f"{url} answered {reply.status}.", passing=reply.status in (401, 403))
    headers = reply.headers
    validators = Validators(headers.get("etag", ""), headers.get("last-modified", ""))
    return Answer(url, reply.body, unchanged, validators)


def is_refusal(status: int) -> bool:
    """Whether an answer means: not you, or not now."""
    # 501 says only that this service cannot do what was asked
    return status in (401, 403, 429) or (status >= 500 and status != 501)
