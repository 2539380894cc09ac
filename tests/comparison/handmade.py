"""What tests of two runs share: how runs are made, and how sure they are of every answer."""

from collections.abc import Callable

from coinvision import runs

Make = Callable[..., runs.Run]
SURE = 0.85
