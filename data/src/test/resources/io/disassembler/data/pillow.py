"""Writes pillow.properties beside it: small images of many kinds and what Pillow decodes them to, as
base64 of the file and of the RGB samples. Needs Pillow and NumPy."""

import base64
import io
import struct
import warnings
import zlib
from pathlib import Path

import numpy as np
import PIL
from PIL import Image

HEIGHT, WIDTH = 6, 8
Y, X = np.mgrid[0:HEIGHT, 0:WIDTH]
RGB = np.stack([Y * 40 + X, X * 30 + 5, (Y + X) * 19], -1).astype(np.uint8)
ALPHA = ((Y * 8 + X) * 5).astype(np.uint8)
DEEP = np.stack([Y * 10007 + X, X * 8009, (Y + X) * 5003, Y * X * 1801], -1).astype(np.uint16)
INKS = np.concatenate([RGB, (X * 25)[..., None].astype(np.uint8)], -1)


def saved(image, form, **options):
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def png16(samples, color_type):
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in samples)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 16, color_type, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def tiff16(samples):
    data = samples.astype("<u2").tobytes()
    bits = struct.pack("<HHH", 16, 16, 16)
    tags = [(256, 3, 1, WIDTH), (257, 3, 1, HEIGHT), (258, 3, 3, 0), (259, 3, 1, 1), (262, 3, 1, 2)]
    tags += [(273, 4, 1, 0), (277, 3, 1, 3), (278, 3, 1, HEIGHT), (279, 4, 1, len(data))]
    after = 8 + 2 + 12 * len(tags) + 4
    values = {258: after, 273: after + len(bits)}
    entries = b"".join(struct.pack("<HHII", t, k, n, values.get(t, v)) for t, k, n, v in tags)
    start = b"II*\0" + struct.pack("<IH", 8, len(tags))
    return start + entries + struct.pack("<I", 0) + bits + data


def images():
    cmyk = Image.fromarray(INKS, "CMYK")
    jpeg = saved(cmyk, "JPEG", quality=95)
    marker = jpeg.find(b"Adobe")
    yield "cmyk.jpg", jpeg
    yield "ycck.jpg", jpeg[: marker + 11] + b"\x02" + jpeg[marker + 12 :]
    yield "cmyk-without-adobe.jpg", jpeg[: marker - 4] + jpeg[marker + 12 :]
    yield "cmyk.tif", saved(cmyk, "TIFF")
    yield "rgb16.png", png16(DEEP[..., :3], 2)
    yield "rgba16.png", png16(DEEP, 6)
    yield "grey-alpha16.png", png16(DEEP[..., :2], 4)
    yield "rgb16.tif", tiff16(DEEP[..., :3])
    yield "grey-alpha.png", saved(Image.fromarray(np.stack([RGB[..., 1], ALPHA], -1), "LA"), "PNG")
    yield "grey-alpha.tif", saved(Image.fromarray(np.stack([RGB[..., 1], ALPHA], -1), "LA"), "TIFF")
    yield "rgba.png", saved(Image.fromarray(np.concatenate([RGB, ALPHA[..., None]], -1), "RGBA"), "PNG")
    yield "rgb-transparent.png", saved(Image.fromarray(RGB), "PNG", transparency=(0, 5, 0))
    palette = Image.fromarray(RGB).quantize(16)
    yield "palette.png", saved(palette, "PNG")
    yield "palette-alpha.png", saved(palette, "PNG", transparency=bytes([0, 50] + [255] * 14))
    yield "palette-transparent.png", saved(palette, "PNG", transparency=3)
    yield "one-bit.tif", saved(Image.fromarray(RGB[..., 0] > 99), "TIFF")


def base64_text(data):
    return base64.b64encode(data).decode()


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    lines = [f"# Written by pillow.py with Pillow {PIL.__version__}: NAME = FILE RGB, both base64."]
    for name, data in images():
        decoded = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
        lines.append(f"{name} = {base64_text(data)} {base64_text(decoded.tobytes())}")
    target = Path(__file__).with_suffix(".properties")
    target.write_text("\n".join(lines) + "\n", encoding="ascii")
