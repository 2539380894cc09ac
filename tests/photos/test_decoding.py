import io
import struct
from pathlib import Path

import cv2
import drawn
import numpy as np
import pytest
from PIL import Image

from coinvision.errors import PhotoError
from coinvision.photos import decode, decoding

COIN = drawn.coin("F", size=96)


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_every_format_gives_rgb_whatever_the_ending_says(form: str, tmp_path: Path) -> None:
    path = tmp_path / "coin.txt"
    path.write_bytes(encoded(Image.fromarray(COIN), form))

    pixels = decode(path)

    assert pixels.shape == COIN.shape and pixels.dtype == np.uint8
    assert np.abs(pixels.astype(int) - COIN).mean() < 5


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1", "LA", "RGBA"])
def test_every_mode_gives_rgb(mode: str) -> None:
    form = "TIFF" if mode == "CMYK" else "PNG"
    pixels = decode(encoded(Image.fromarray(COIN).convert(mode), form))
    assert pixels.shape == COIN.shape and pixels.dtype == np.uint8


def test_cmyk_jpeg_keeps_its_colors() -> None:
    pixels = decode(encoded(Image.fromarray(COIN).convert("CMYK"), "JPEG"))
    assert np.abs(pixels.astype(int) - COIN).mean() < 8


def test_transparency_is_laid_on_white() -> None:
    image = Image.new("RGBA", (32, 32), (200, 0, 0, 0))
    assert (decode(encoded(image, "PNG")) == 255).all()


@pytest.mark.parametrize("ending", [".png", ".tiff"])
def test_sixteen_bits_are_reduced_by_the_full_range(ending: str) -> None:
    gray = np.linspace(0, 65535, 64 * 64).reshape(64, 64).astype(np.uint16)
    color = np.dstack([gray, gray[::-1], gray.T])
    for deep in (gray, color):
        pixels = decode(cv2.imencode(ending, deep)[1].tobytes())
        rgb = deep[..., ::-1] if deep.ndim == 3 else np.dstack([deep] * 3)
        assert np.abs(pixels - rgb / 257).max() <= 1


def test_exif_rotation_is_applied() -> None:
    picture = np.zeros((20, 40, 3), np.uint8)
    picture[:, :20] = 255
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter to the right
    pixels = decode(encoded(Image.fromarray(picture), "PNG", exif=exif))
    assert pixels.shape == (40, 20, 3)
    assert pixels[:15].mean() > 250 and pixels[-15:].mean() < 5


@pytest.mark.parametrize(("tag", "kind"), [(0x0128, 4), (0x0131, 5), (0x0132, 11)])
def test_an_odd_exif_tag_does_no_harm(tag: int, kind: int) -> None:
    """ResolutionUnit as LONG, Software as RATIONAL, DateTime as FLOAT; turned by a quarter."""
    value = {4: 70000, 5: 8, 11: 0x3F800000}[kind]
    entries = [struct.pack("<HHII", 0x0112, 3, 1, 6), struct.pack("<HHII", tag, kind, 1, value)]
    header = b"II*\0" + struct.pack("<IH", 8, 2) + b"".join(entries) + struct.pack("<I", 0)
    picture = Image.fromarray(np.zeros((20, 40, 3), np.uint8))
    data = encoded(picture, "JPEG", exif=b"Exif\0\0" + header + bytes(16))
    assert decode(data).shape == (40, 20, 3)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
def test_truncated_pictures_are_refused(form: str, share: float) -> None:
    data = encoded(Image.fromarray(COIN), form)
    with pytest.raises(PhotoError):
        decode(data[: int(len(data) * share)])


@pytest.mark.parametrize("data", [b"", b"not a picture", b"<svg/>", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(PhotoError) as caught:
        decode(data)
    assert "\n" not in str(caught.value)


def test_other_formats_are_refused() -> None:
    with pytest.raises(PhotoError, match="no readable"):
        decode(encoded(Image.fromarray(COIN), "GIF"))


@pytest.mark.parametrize("side", [12_000, 20_000])
def test_a_decompression_bomb_is_refused_before_it_is_unpacked(side: int) -> None:
    bomb = encoded(Image.new("1", (side, side)), "PNG")
    assert len(bomb) < 200_000 and side * side > decoding.MAX_PIXELS
    with pytest.raises(PhotoError, match="than the limit"):
        decode(bomb)


def test_a_speck_is_refused() -> None:
    with pytest.raises(PhotoError, match="a coin needs"):
        decode(encoded(Image.new("RGB", (8, 300)), "PNG"))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.jpg", tmp_path):
        with pytest.raises(PhotoError, match="cannot be read"):
            decode(path)


def test_large_photographs_are_shrunk_when_asked() -> None:
    large = encoded(Image.fromarray(drawn.coin("F", size=2000)), "JPEG")
    pixels = decode(large, longest_side=500)
    assert max(pixels.shape) <= 500
