"""One photograph on its way to a network: bytes -> pixels -> disc -> square crop -> input.

pixels = decode(path)                   # decoding.py: safe, uint8 RGB
disc = find_disc(pixels)                # disc.py: where the coin lies
crop = crop_disc(pixels, disc, 160)     # crop.py: the coin alone, square
picture = INPUTS["grayscale"](crop)     # inputs.py: what a network is given
view = training_view("careful", "color") # views.py: and what of that it is shown in training
"""

from coinvision.photos.crop import crop_disc, ground_around, oversize, shrink
from coinvision.photos.decoding import decode
from coinvision.photos.disc import Disc, find_disc
from coinvision.photos.inputs import INPUTS, is_near_gray
from coinvision.photos.views import training_view

__all__ = [
    "INPUTS",
    "Disc",
    "crop_disc",
    "decode",
    "find_disc",
    "ground_around",
    "is_near_gray",
    "oversize",
    "shrink",
    "training_view",
]
