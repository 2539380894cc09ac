"""One coin's facts from two sources: the list that named it, and its own NUDS record."""

from typing import Any

from coinvision.collect.client import Client
from coinvision.collect.numishare import addresses, read_nuds, read_nuds_group
from coinvision.collect.numishare.portraits import AUTHORITY
from coinvision.errors import FetchError, PageError, RefusedError

Record = dict[str, Any]
_PAIRS = (("portrait", "portrait_source"), ("year_from", "year_to"))


def lacks(site: str, listed: Record) -> bool:
    """Whether a listed coin's own record must be asked for.

    So it is if the list names no portrait, or several (which is the obverse's?), or no picture.
    """
    one_portrait = len(listed.get("portraits", [])) == 1
    return not one_portrait or not addresses.picture_urls(site, listed, 1)


def merge(listed: Record, own: Record | None) -> Record:
    """The facts of the coin's own record, and the list's where that is silent."""
    if own is None:
        return listed
    merged = {**listed, **{key: value for key, value in own.items() if value not in (None, [], {})}}
    for first, second in _PAIRS:  # never one half from each
        taken = listed if own[first] is None and own[second] is None else own
        merged[first], merged[second] = taken.get(first), taken.get(second)
    if own["portrait_source"] == AUTHORITY and listed.get("portraits"):
        # that somebody is portrayed is surer than who issued the coin
        merged["portrait"] = listed["portrait"]
        merged["portrait_source"] = listed["portrait_source"]
    merged["images"] = {**listed.get("images", {}), **own["images"]}
    return merged


class RecordReader:
    """Asks a site for many records at once, or one by one where it cannot give many."""

    def __init__(self, client: Client, site: str) -> None:
        self._client = client
        self._site = site
        self._gives_groups = True
        self.problems: list[tuple[str, str]] = []  # address and what was wrong

    def read(self, listed: list[Record]) -> dict[str, Record]:
        """The records of these coins by `record_id`; those that could not be had are missing."""
        if self._gives_groups and len(listed) > 1:
            url = addresses.group_url(self._site, [record["record_id"] for record in listed])
            try:
                found = list(read_nuds_group(self._client.get(url).body, url=url))
                return {record["record_id"]: record for record in found if record["record_id"]}
            except RefusedError:
                raise
            except FetchError as error:
                self._gives_groups = error.passing
                self.problems.append((url, str(error)))
            except PageError as error:  # one bad record spoils the group, not the others
                self.problems.append((url, str(error)))
        return self._read_singly(listed)

    def _read_singly(self, listed: list[Record]) -> dict[str, Record]:
        found = {}
        for record in listed:
            name = record["record_id"]
            url = addresses.record_xml_url(self._site, name, record.get("record_url"))
            try:
                found[name] = read_nuds(self._client.get(url).body, url=url)
            except RefusedError:
                raise
            except (FetchError, PageError) as error:
                self.problems.append((url, str(error)))
        return found
