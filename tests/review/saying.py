"""What the fixture `say` gives: it makes a verdict."""

from collections.abc import Callable

from coinvision.review.verdicts import Verdict

Say = Callable[..., Verdict]
