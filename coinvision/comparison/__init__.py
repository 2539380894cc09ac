"""Two runs on the same coins: how much better is one, and could it be chance?

pair = paired(color_run, grayscale_run)
pair.difference.value, pair.difference.low, pair.difference.high, pair.p_value
"""

from coinvision.comparison.paired import Pair, paired

__all__ = ["Pair", "paired"]
