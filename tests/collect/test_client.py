"""The client against a real server on this machine; only the clock is a stand-in."""

import time
from collections.abc import Iterator
from email.utils import formatdate

import museum
import pytest
from museum import Museum

from coinvision.collect import client as client_module
from coinvision.collect.answers import Validators
from coinvision.collect.client import Client, is_loopback
from coinvision.collect.pace import Pace
from coinvision.errors import FetchError, RefusedError


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.sleeps: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.sleeps.append(seconds)


@pytest.fixture
def site() -> Iterator[Museum]:
    with Museum(museum.coins(3)) as made:
        yield made


def guest(delay: float = 0.0) -> tuple[Client, Clock]:
    clock = Clock()
    client = Client(contact="me@museum.org", delay=delay)
    client.pace = Pace(clock=clock, sleep=clock.sleep)
    return client, clock


def table(site: Museum) -> str:
    return f"{site.site}query.csv"


def test_it_says_who_asks_over_one_connection(site: Museum) -> None:
    client, _ = guest()
    for _ in range(3):
        client.get(table(site))
    assert len({request.connection for request in site.requests}) == 1
    agent = site.requests[-1].headers["User-Agent"]
    assert agent.startswith("Coinvision ") and "me@museum.org" in agent
    assert client.counts["requests"] == 4 == len(site.requests)  # robots.txt once
    body = site.answer("/search/query.csv")
    assert body and client.counts["bytes"] == 3 * len(body[2]) + len(site.robots)


@pytest.mark.parametrize("contact", ["", "me", "me@museum.org\r\nX: y", "mé@museum.org", "@."])
def test_a_contact_that_reaches_nobody_is_refused(contact: str) -> None:
    with pytest.raises(FetchError, match="mail or web address"):
        Client(contact=contact)


@pytest.mark.parametrize("delay", [-1.0, float("nan"), float("inf")])
def test_an_impossible_delay_is_refused(delay: float) -> None:
    with pytest.raises(FetchError, match="delay"):
        Client(contact="me@museum.org", delay=delay)


def test_robots_txt_is_honored(site: Museum) -> None:
    site.robots = "User-agent: *\nAllow: /\n\nUser-agent: Coinvision\nDisallow: /search/query.csv\n"
    client, _ = guest()
    with pytest.raises(FetchError, match=r"forbidden by the robots\.txt"):
        client.get(f"{table(site)}?q=a")
    assert site.paths() == ["/robots.txt"]
    client.get(f"{site.site}feed/")


@pytest.mark.parametrize(("status", "allows"), [("404", True), ("403", False), ("503", False)])
def test_a_robots_txt_that_is_missing_hidden_or_broken(
    site: Museum, status: str, allows: bool
) -> None:
    site.fault("robots.txt", status, times=99)
    client, _ = guest()
    if allows:
        client.get(table(site))
    else:
        for _ in range(2):
            with pytest.raises(FetchError, match=r"does not show its robots\.txt"):
                client.get(table(site))
        assert set(site.paths()) == {"/robots.txt"} and len(site.paths()) <= client_module.TRIES


@pytest.mark.parametrize(
    ("rules", "delay", "expected"),
    [
        ("Crawl-delay: 7", 0.0, 7.0),
        ("Crawl-delay: 2", 5.0, 5.0),
        ("Request-rate: 1/10s", 0.0, 10.0),
        ("Disallow:", 3.0, 3.0),
    ],
)
def test_the_longer_delay_wins(site: Museum, rules: str, delay: float, expected: float) -> None:
    site.robots = f"User-agent: *\n{rules}\n"
    client, clock = guest(delay)
    client.get(table(site))
    client.get(table(site))
    assert clock.sleeps[-1] == pytest.approx(expected)
    assert client.pace.waited == pytest.approx(sum(clock.sleeps))


def test_a_second_is_the_floor_for_other_machines(
    site: Museum, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", site.base)  # lets museum.example be answered here
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    client, clock = guest(delay=0.0)
    client.get("http://museum.example/search/query.csv")
    client.get("http://museum.example/search/query.csv")
    assert clock.sleeps == pytest.approx([1.0, 1.0])
    assert len(site.requests) == 3


def test_loopback_is_told_by_address_and_not_by_likeness() -> None:
    assert all(map(is_loopback, ("http://localhost:1/", "http://127.8.0.1/", "http://[::1]:5/")))
    others = ("http://localhost.example/", "http://127.0.0.1.example/", "http://10.0.0.1/")
    assert not any(map(is_loopback, others))


def test_a_slow_server_has_its_rest_after_the_answer(site: Museum) -> None:
    client = Client(contact="me@museum.org", delay=0.1)
    client.get(table(site))
    site.fault("query.csv", "slow", value="0.2")
    client.get(table(site))
    client.get(table(site))
    first, second = (request.at for request in site.requests[-2:])
    assert second - first >= 0.3


def test_trouble_is_tried_again_ever_later(site: Museum) -> None:
    site.fault("query.csv", "503", times=3)
    client, clock = guest()
    client.get(table(site))
    one, two, four = clock.sleeps
    assert 1 <= one < 1.5 and 2 <= two < 3 and 4 <= four < 6
    assert client.counts["retries"] == 3 and client.counts["refusals"] == 3


def test_what_stays_broken_is_given_up(site: Museum) -> None:
    site.fault("query.csv", "500", times=99)
    client, _ = guest()
    with pytest.raises(FetchError, match="answered 500, 4 times") as caught:
        client.get(table(site))
    assert caught.value.passing and len(site.paths("query")) == 4
    with pytest.raises(FetchError, match="answered 404") as caught:
        client.get(f"{site.site}nothing")
    assert not caught.value.passing and len(site.paths("nothing")) == 1


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_wins_when_longer(site: Museum, form: str) -> None:
    date = formatdate(time.time() + 30, usegmt=True)
    site.fault("query.csv", "429", value="30" if form == "seconds" else date)
    client, clock = guest()
    client.get(table(site))
    assert clock.sleeps == [pytest.approx(30, abs=5)]


def test_a_retry_after_of_a_day_stops_everything(site: Museum) -> None:
    site.fault("query.csv", "429", value="86400")
    client, clock = guest()
    with pytest.raises(RefusedError, match=r"24\.0 hours"):
        client.get(table(site))
    assert clock.sleeps == []


def test_a_site_that_goes_on_refusing_is_left_alone(site: Museum) -> None:
    site.fault("collection", "403", times=999)
    client, _ = guest()
    with pytest.raises(RefusedError, match="20 requests in a row"):
        for i in range(100):
            with pytest.raises(FetchError) as caught:
                client.get(f"{site.base}/collection/{i}.xml")
            if isinstance(caught.value, RefusedError):
                raise caught.value
    assert len(site.paths("collection")) == 20


def test_a_lost_connection_is_tried_again(site: Museum) -> None:
    site.fault("query.csv", "cut", times=2)
    client, _ = guest()
    body = site.answer("/search/query.csv")
    assert body and client.get(table(site)).body == body[2]
    assert client.counts["retries"] == 2


def test_nobody_at_home() -> None:
    client, _ = guest()
    with pytest.raises(FetchError) as caught:
        client.get("http://127.0.0.1:9/")
    assert caught.value.passing and client.counts["requests"] == client_module.TRIES
    for url in ("http://[/", "ftp://127.0.0.1/", "http://", "no address"):
        with pytest.raises(FetchError, match="no address on the web"):
            client.get(url)


def test_what_is_here_is_asked_for_conditionally(site: Museum) -> None:
    client, _ = guest()
    first = client.get(table(site))
    assert first.validators.etag and not first.unchanged
    again = client.get(table(site), known=first.validators)
    assert again.unchanged and again.body == b""
    other = client.get(table(site), known=Validators(etag='"old"'))
    assert not other.unchanged and other.body == first.body


def test_a_site_that_moved_is_asked_at_its_new_place(site: Museum) -> None:
    with Museum(museum.coins(3)) as new:
        for name in ("query.csv", "feed/"):
            site.fault(name, "moved", times=9, value=f"{new.site}{name}")
        client, _ = guest()
        client.get(table(site))
        client.get(f"{site.site}feed/")
        assert site.paths() == ["/robots.txt", "/search/query.csv"]
        new.robots = "User-agent: *\nDisallow: /\n"
        other, _ = guest()
        with pytest.raises(FetchError, match="forbidden"):
            other.get(table(site))


def test_redirects_in_a_circle_end(site: Museum) -> None:
    site.fault("query.csv", "moved", times=99, value="/search/query.csv?again")
    client, _ = guest()
    with pytest.raises(FetchError, match="on and on"):
        client.get(table(site))
    assert len(site.paths("query")) == client_module.MAX_HOPS


def test_an_endless_body_is_cut(site: Museum, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "MAX_BODY", 100)
    client, _ = guest()
    with pytest.raises(FetchError, match="larger than the limit"):
        client.get(table(site))
