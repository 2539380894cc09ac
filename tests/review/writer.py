"""A process that writes verdicts and tells each one that is confirmed: address, name, how many."""

import sys

from coinvision.review.store import open_store
from coinvision.review.verdicts import Verdict

address, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
store = open_store(address)
for i in range(count):
    entry = store.add(Verdict("d", f"{name}-{i}", "network_wrong", "Nero", name))
    print(entry.id, flush=True)
