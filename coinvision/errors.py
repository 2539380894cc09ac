"""What can go wrong, in few types. Each message says what came, what was expected, what to do.

CoinvisionError
├── CollectionError   a folder of photographs or its table cannot be used
├── PhotoError        one photograph cannot be read or shows no coin
├── DatasetError      a prepared dataset cannot be made, is damaged or does not fit
├── RunError          a run, its files or its network cannot be made, read or resumed
└── ReviewError       the review store, a verdict or a label patch cannot be used

Scripts print the message as one line and exit with 2.
"""


class CoinvisionError(Exception):
    """Base of every error that is the input's fault, not the program's."""


class CollectionError(CoinvisionError):
    """A folder of photographs or its table cannot be used."""


class PhotoError(CoinvisionError):
    """One photograph cannot be read or shows no coin."""


class DatasetError(CoinvisionError):
    """A prepared dataset cannot be made, is damaged or does not fit."""


class RunError(CoinvisionError):
    """A run, its files or its network cannot be made, read or resumed."""


class ReviewError(CoinvisionError):
    """The review store, a verdict or a label patch cannot be used."""
