"""Explains in a process that tests can kill: worker.py RUN PHOTOGRAPHS METHOD LIMIT.

Prints a line for each coin that is begun.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from coinvision import runs
from coinvision.explanation.explaining import explain_tested


def told(items: Iterable, total: int) -> Iterator:
    for item in items:
        print(item, "of", total, flush=True)
        yield item


explain_tested(
    runs.open_run(sys.argv[1]),
    Path(sys.argv[2]),
    method=sys.argv[3],
    limit=int(sys.argv[4]),
    progress=told,
)
