"""Fetch the photograph of one obverse: the best size that can be had, and that decodes."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from coinvision.collect.answers import Validators
from coinvision.collect.client import Client
from coinvision.errors import FetchError, PhotoError, RefusedError
from coinvision.files import write_bytes
from coinvision.photos.decoding import decode


@dataclass(frozen=True)
class Picture:
    """A photograph on the disk, where it came from and in which version."""

    url: str
    sha256: str
    validators: Validators


def fetch_picture(client: Client, urls: list[str], path: Path, known: Picture | None) -> Picture:
    """Put the first whole photograph that these addresses give at `path`.

    The content decides, not the type that the server says: HTML is refused, a JPEG sent as text is
    taken. What does not decode is asked for once more, then the next address is tried.

    Args:
        client: the door to the network.
        urls: addresses, best first.
        path: of the photograph; written aside, checked and renamed.
        known: of an earlier time; if the file is still whole, it is only asked whether it holds.

    Raises:
        RefusedError: the site does not want to be asked.
        FetchError: no address gave a photograph; `passing` if one may do so later.
    """
    held = known if known and _sha256(path) == known.sha256 else None
    faults: list[FetchError] = []
    for url in urls:
        asked = held if held and held.url == url else None
        try:
            return _fetch_whole(client, url, path, asked)
        except RefusedError:
            raise
        except FetchError as error:
            faults.append(error)
        if asked:  # what is here is better than what the next addresses have
            break
    raise FetchError(
        " ".join(str(fault) for fault in faults) or "No address of an obverse photograph is known.",
        passing=any(fault.passing for fault in faults),
    )


def _fetch_whole(client: Client, url: str, path: Path, held: Picture | None) -> Picture:
    try:
        return _fetch(client, url, path, held)
    except PhotoError:
        pass  # it may have been cut short on the way
    try:
        return _fetch(client, url, path, held)
    except PhotoError as error:
        raise FetchError(f"{url} gave no photograph: {error}.", passing=True) from error


def _fetch(client: Client, url: str, path: Path, held: Picture | None) -> Picture:
    answer = client.get(url, known=held.validators if held else None)
    if answer.unchanged and held:
        client.counts["unchanged"] += 1
        return held
    decode(answer.body)
    write_bytes(path, answer.body)
    return Picture(url, hashlib.sha256(answer.body).hexdigest(), answer.validators)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
