"""Phantom coins: drawn Roman coins whose truth is known, as in medical imaging.

    phantom.draw_collection("collections/phantom", coins=1200, seed=0)

A phantom is a coin of which every pixel's meaning is known: portrait, headgear, legend, border,
field. Traits and legends are those of the twelve emperors of the 2020 study (traits.py); a recipe
holds all that chance decided (recipe.py); the die is struck (portrait.py, hair.py, headgear.py,
legend.py on a canvas.py) and photographed (photograph.py); collecting.py draws many and writes the
collection with its masks.
"""

from coinvision.phantom.collecting import draw_collection
from coinvision.phantom.masks import load_masks
from coinvision.phantom.recipe import CUES

__all__ = ["CUES", "draw_collection", "load_masks"]
