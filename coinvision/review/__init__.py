"""Two or more people go through what a network got wrong, and their verdicts flow back.

    store = open_store()                          # verdicts are appended, never changed
    coins = queue.of_runs([run, ...])             # all coins, those most worth a verdict first
    changes(states)                               # as a label patch for prepare.py --labels

schema.py, connection.py, claims.py and store.py keep the log; verdicts.py says what can be said and
state.py what follows for a coin. queue.py orders, agreement.py compares reviewers, consequences.py
asks what would change if they are right; dataset/label_patch.py carries that into a dataset.
"""

from coinvision.review.store import Store, open_store
from coinvision.review.verdicts import Verdict

__all__ = ["Store", "Verdict", "open_store"]
