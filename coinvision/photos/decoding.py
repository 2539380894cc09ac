"""Decode one photograph safely: whatever the file holds, uint8 RGB or one clear sentence.

The content decides, not the name's ending. EXIF rotation is applied, transparency laid on white,
16 bits reduced to 8, CMYK, palette and gray turned into RGB. A file that is truncated or claims
more pixels than `MAX_PIXELS` (a decompression bomb) is refused before its pixels are unpacked.
"""

import io
import struct
import warnings
from pathlib import Path

import cv2
import numpy as np
from PIL import ExifTags, Image, UnidentifiedImageError

from coinvision.errors import PhotoError

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")
MAX_PIXELS = 100_000_000
MIN_SIDE = 16

# Everything Pillow is known to raise on broken input, beside its own subclasses of OSError.
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    KeyError,
    IndexError,
    TypeError,
    MemoryError,
    OverflowError,
    AttributeError,
    struct.error,
)
# What EXIF's Orientation asks for; 1 is upright.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def decode(source: str | Path | bytes, *, longest_side: int | None = None) -> np.ndarray:
    """Decode one photograph.

    Args:
        source: a file's path or its bytes.
        longest_side: shrink to at most this many pixels a side; None keeps the size.

    Returns:
        uint8 array, height x width x 3, RGB.

    Raises:
        PhotoError: no such file, no picture, truncated, too many pixels or too small.
    """
    name = "the picture" if isinstance(source, bytes) else Path(source).name
    data = source if isinstance(source, bytes) else _read(Path(source))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd EXIF and of large pictures
            return _decode(data, longest_side)
    except PhotoError as error:
        raise PhotoError(f"{name} {error}") from error
    except Image.DecompressionBombError as error:
        raise PhotoError(f"{name} has more than the limit of {MAX_PIXELS:,} pixels") from error
    except UnidentifiedImageError as error:
        if not data:
            raise PhotoError(f"{name} is empty: the file has no content") from error
        raise PhotoError(f"{name} is no readable {', '.join(FORMATS)} picture") from error
    except _BROKEN as error:
        raise PhotoError(
            f"{name} is no readable {', '.join(FORMATS)} picture: {_first_line(error)}"
        ) from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PhotoError(f"{path.name} cannot be read: {error.strerror}") from error


def _decode(data: bytes, longest_side: int | None) -> np.ndarray:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise PhotoError(
                f"has {width} x {height} pixels, more than the limit of {MAX_PIXELS:,}; shrink it"
            )
        if min(width, height) < MIN_SIDE:
            raise PhotoError(f"has {width} x {height} pixels; a coin needs {MIN_SIDE} a side")
        if longest_side:
            # lets the JPEG decoder skip what will be thrown away anyway
            image.draft("RGB", (longest_side, longest_side))
        image.load()
        upright = _upright(image)
        if upright.mode == "P":  # a palette's numbers cannot be averaged
            upright = upright.convert("RGBA" if "transparency" in upright.info else "RGB")
        if longest_side and max(upright.size) > longest_side:
            upright.thumbnail((longest_side, longest_side), Image.Resampling.BOX)
        return _to_rgb(upright)


def _upright(image: Image.Image) -> Image.Image:
    """The picture turned as its EXIF says; no other tag is touched, so an odd one does no harm."""
    try:
        turn = _TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    except _BROKEN:
        turn = None
    return image if turn is None else image.transpose(turn)


def _to_rgb(image: Image.Image) -> np.ndarray:
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return _deep_gray_to_rgb(np.asarray(image))
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image.convert("RGBA"))
    return np.array(image.convert("RGB"))


def _deep_gray_to_rgb(values: np.ndarray) -> np.ndarray:
    """16 or 32 bit gray to 8: by the type's full range, or by the values' own where it has none."""
    deep = values.astype(np.float64)
    if not np.isfinite(deep).all():
        raise PhotoError("holds pixels that are no number")
    top = 65535.0 if deep.min() >= 0 and 255 < deep.max() <= 65535 else max(deep.max(), 1.0)
    gray = np.clip(np.rint(deep * (255.0 / top)), 0, 255).astype(np.uint8)
    return cv2.cvtColor(gray, cv2.COLOR_GRAY2RGB)


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:120]
