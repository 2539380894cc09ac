"""What can go wrong, in few types. Each message says what came, what was expected, what to do.

CoinvisionError
├── CollectionError   a folder of photographs or its table cannot be used
├── PhotoError        one photograph cannot be read or shows no coin
├── DatasetError      a prepared dataset cannot be made, is damaged or does not fit
├── FetchError        an address on the network gave nothing usable
│   └── RefusedError  a site does not want to be asked; collecting from it stops
├── PageError         a page or record of a site is not in the form it should have
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


class FetchError(CoinvisionError):
    """An address on the network gave nothing usable; `passing` if it may do so later."""

    def __init__(self, message: str, *, passing: bool = False) -> None:
        super().__init__(message)
        self.passing = passing


class RefusedError(FetchError):
    """A site does not want to be asked; collecting from it stops."""


class PageError(CoinvisionError):
    """A page or record of a site is not in the form it should have."""


class RunError(CoinvisionError):
    """A run, its files or its network cannot be made, read or resumed."""


class ReviewError(CoinvisionError):
    """The review store, a verdict or a label patch cannot be used."""
