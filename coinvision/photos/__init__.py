"""One photograph on its way to a network: bytes -> pixels -> disc -> square crop -> input.

pixels = decode(path)                   # decoding.py: safe, uint8 RGB
disc = find_disc(pixels)                # disc.py: where the coin lies
crop = crop_disc(pixels, disc, 160)     # crop.py: the coin alone, square
picture = INPUTS["grayscale"](crop)     # inputs.py: what a network is given
"""

from coinvision.photos.crop import crop_disc, oversize, shrink
from coinvision.photos.decoding import decode
from coinvision.photos.disc import Disc, find_disc
from coinvision.photos.inputs import INPUTS, is_near_gray

__all__ = [
    "INPUTS",
    "Disc",
    "crop_disc",
    "decode",
    "find_disc",
    "is_near_gray",
    "oversize",
    "shrink",
]
