"""Killed by SIGKILL at twenty random moments, a harvest ends as if nothing had happened."""

import random
import time
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

import museum
import pandas as pd
from museum import MadeUp, Museum

from coinvision.collect import Order, collect

KILLS = 20
# a server that has imported everything once and forks: each start takes milliseconds
START = get_context("forkserver")
START.set_forkserver_preload(["coinvision.collect"])


def order(site: Museum) -> Order:
    return Order("me@museum.org", site=site.site, delay=0.0)


def everything(folder: Path) -> dict[str, bytes]:
    """The collection, byte for byte; hidden files too, were any left behind."""
    paths = [folder / "metadata.csv", *folder.glob(".*"), *(folder / "images").iterdir()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def kill_once(site: Museum, folder: Path, chance: random.Random) -> bool:
    """Start a harvest and kill it after some requests; whether it was still at work."""
    process: BaseProcess = START.Process(
        target=collect, args=(order(site),), kwargs={"folder": folder}
    )
    # its first request comes after the start; some kills hit before, some while it writes
    wanted = len(site.requests) + chance.randint(0, 14)
    process.start()
    deadline = time.monotonic() + 20
    while len(site.requests) < wanted and process.is_alive() and time.monotonic() < deadline:
        time.sleep(0.0005)
    time.sleep(chance.uniform(0, 0.012))
    was_alive = process.is_alive()
    process.kill()
    process.join()
    return was_alive


def test_twenty_kills_change_nothing(tmp_path: Path) -> None:
    coins = museum.coins(130)
    coins[7] = MadeUp(coins[7].coin_id, ("Sabina", "Hadrian"))
    coins[100] = MadeUp(coins[100].coin_id, ())
    gone = {coins[20].coin_id, coins[125].coin_id}
    with Museum(coins, gone=gone) as site:
        collect(order(site), folder=tmp_path / "undisturbed")
        chance = random.Random()
        kills = 0
        site.requests.clear()
        while kills < KILLS:
            kills += kill_once(site, tmp_path / "killed", chance)
        report = collect(order(site), folder=tmp_path / "killed")
    assert report.coins == 128
    assert everything(tmp_path / "killed") == everything(tmp_path / "undisturbed")
    ids = pd.read_csv(tmp_path / "killed" / "metadata.csv")["coin_id"]
    assert ids.is_unique and set(ids) == {coin.coin_id for coin in coins} - gone
