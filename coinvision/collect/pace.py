"""Wait between requests, and count how long politeness alone made us wait.

A pause runs from the first sign of an answer to the start of the next request: by then the request
has surely arrived, so the site sees at least the delay between two, whatever the network does. What
this program does meanwhile (reading, decoding, writing) costs no time beyond it.
"""

import time
from collections.abc import Callable


class Pace:
    """One line of requests, each at least a delay after the answer before it."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._started = clock()
        self._rested_from: float | None = None
        self._held = 0.0
        self.waited = 0.0  # seconds of pause that politeness asked for

    def wait(self, delay: float) -> None:
        """Return when the delay, or a longer hold, has passed since the last answer."""
        if self._rested_from is None:  # nobody has been asked yet
            return
        needed = max(delay, self._held)
        while (left := self._rested_from + needed - self._clock()) > 0:
            self._sleep(left)
        self.waited += needed
        self._held = 0.0

    def rest(self) -> None:
        """An answer has begun, or will not come: pauses count from now."""
        self._rested_from = self._clock()

    def hold(self, seconds: float) -> None:
        """Let the next pause last at least so long."""
        self._held = max(self._held, seconds)

    @property
    def elapsed(self) -> float:
        """Seconds since this line was opened."""
        return self._clock() - self._started
