"""A collection made ready for training: cleaned, grouped, split into five folds, explained.

    dataset = prepare(collection.read("coins"), Settings(min_coins=30), folder="datasets/coins")
    dataset = read("datasets/coins")

preparing.py does it in order. naming.py says who is shown and records.py cleans the rest of the
table (cleaning.py says what a cell means), inspection.py looks at each photograph,
museum_numbers.py and duplicates.py tell which coins belong together, folds.py splits; journal.py
keeps what was decided, writing.py and report.py write it down. stored.py is the folder on disk,
crops.py loads its coins.
"""

from coinvision.dataset.preparing import Settings, prepare
from coinvision.dataset.stored import Dataset, read

__all__ = ["Dataset", "Settings", "prepare", "read"]
