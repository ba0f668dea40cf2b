"""Writes the reference pixels of Tests/ImagingTests and Tests/ImageCodecsTests.

    python Weights/Conversion/make_imaging_fixtures.py [folder of photographs]

Needs Pillow 13.0.0, numpy and ImageMagick's convert (6.9.11). Running it again gives the same files with the same versions.
"""
import io
import json
import pathlib
import struct
import subprocess
import sys
import zlib

import numpy as np
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
IMAGING = ROOT / "Tests/ImagingTests/Fixtures"
CODECS = ROOT / "Tests/ImageCodecsTests/Fixtures"
MASK = (1 << 64) - 1

# (width, height) before and after. The first are stored whole, the others as their CRC-32.
RESIZES = [
    ((1, 1), (5, 3)), ((7, 5), (7, 3)), ((7, 5), (3, 5)), ((13, 9), (29, 31)), ((64, 48), (26, 26)),
    ((100, 37), (26, 26)), ((3, 200), (10, 7)), ((2, 1), (9, 1)), ((33, 21), (32, 22)),
    ((25, 40), (26, 26)), ((40, 80), (30, 19)), ((40, 80), (30, 20)),
]
LARGE_RESIZES = [
    ((300, 310), (260, 260)), ((250, 280), (260, 260)), ((190, 430), (260, 260)), ((48, 48), (260, 260)), ((640, 480), (260, 260)), ((1001, 703), (384, 288)),
    ((259, 261), (260, 260)), ((1500, 40), (11, 37)),
]

# Sampling factors of luma and chroma that TurboJPEG's interface has no name for; Pillow writes none of them.
UNUSUAL_SAMPLINGS = ["4x2", "3x1", "1x3", "2x4", "2x2,2x1,1x1", "2x1,1x2,1x1", "1x1,2x2,2x2"]


def noise(seed, count):
    """The top bytes of SplitMix64's output, as TestSupport's SeededGenerator gives them."""
    state, out = seed, bytearray(count)
    for index in range(count):
        state = (state + 0x9E3779B97F4A7C15) & MASK
        mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        out[index] = (mixed ^ (mixed >> 31)) >> 56
    return bytes(out)


def noise_image(seed, size):
    return Image.frombytes("RGB", size, noise(seed, size[0] * size[1] * 3))


def write_resizes():
    small, large = bytearray(), []
    for seed, (before, after) in enumerate(RESIZES):
        resized = noise_image(seed, before).resize(after, Image.Resampling.BILINEAR)
        small += struct.pack("<4i", *before, *after) + resized.tobytes()
    for seed, (before, after) in enumerate(LARGE_RESIZES, start=100):
        resized = noise_image(seed, before).resize(after, Image.Resampling.BILINEAR)
        large.append({"seed": seed, "before": before, "after": after, "crc32": zlib.crc32(resized.tobytes())})
    (IMAGING / "pillow_resize.bin").write_bytes(small)
    (IMAGING / "pillow_resize_large.json").write_text(json.dumps(large) + "\n")


def smooth(width, height):
    """A gradient with a bright spot: JPEG keeps it close, every channel differs."""
    y, x = np.mgrid[0:height, 0:width]
    red = 20 + 200 * x / max(width - 1, 1)
    green = 230 - 180 * y / max(height - 1, 1)
    blue = 60 + 150 * np.exp(-((x - width / 3) ** 2 + (y - height / 2) ** 2) / (width + height))
    return Image.fromarray(np.stack([red, green, blue], -1).round().astype(np.uint8))


def on_white(image):
    rgba = np.asarray(image.convert("RGBA")).astype(np.int64)
    alpha = rgba[..., 3:]
    return 255 - ((255 - rgba[..., :3]) * alpha * 2 + 255) // 510


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth, color, rows, extra=b"", interlace=0):
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlace)
    raw = b"".join(b"\0" + row for row in rows)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(raw))
            + chunk(b"IEND", b""))


def adam7(rgb):
    """The seven passes of an interlaced RGB picture, filter 0."""
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    return [row.tobytes() for x, y, dx, dy in passes for row in rgb[y::dy, x::dx] if row.size]


def write_pictures():
    width, height = 13, 9
    picture = smooth(width, height)
    rgb = np.asarray(picture)
    files = {}

    def add(name, data, pixels):
        files[name] = data
        (CODECS / name).write_bytes(data)
        (CODECS / (name + ".rgb")).write_bytes(np.asarray(pixels).astype(np.uint8).tobytes())

    def saved(image, kind, **options):
        buffer = io.BytesIO()
        image.save(buffer, kind, **options)
        return buffer.getvalue()

    def add_saved(name, image, kind, **options):
        data = saved(image, kind, **options)
        add(name, data, Image.open(io.BytesIO(data)).convert("RGB"))

    add_saved("rgb.png", picture, "PNG")
    add_saved("gray.png", picture.convert("L"), "PNG")
    add_saved("palette.png", picture.quantize(7), "PNG")
    add_saved("one_bit.png", picture.convert("1"), "PNG")
    add_saved("one_pixel.png", Image.new("RGB", (1, 1), (10, 200, 30)), "PNG")
    alpha = Image.fromarray(((np.mgrid[0:height, 0:width][1] * 37) % 256).astype(np.uint8))
    transparent = picture.copy()
    transparent.putalpha(alpha)
    add("rgba.png", saved(transparent, "PNG"), on_white(transparent))
    gray_alpha = Image.merge("LA", (picture.convert("L"), alpha))
    add("gray_alpha.png", saved(gray_alpha, "PNG"), on_white(gray_alpha))
    keyed = np.where((rgb == rgb[4, 6]).all(-1, keepdims=True), 255, rgb)
    key = struct.pack(">3H", *rgb[4, 6])
    add("transparent_color.png", png(width, height, 8, 2, [row.tobytes() for row in rgb], chunk(b"tRNS", key)), keyed)
    deep = rgb.astype(np.uint16) * 257
    add("rgb16.png", png(width, height, 16, 2, [row.astype(">u2").tobytes() for row in deep]), rgb)
    add("interlaced.png", png(width, height, 8, 2, adam7(rgb), interlace=1), rgb)
    orientation = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    add("turned.png", png(width, height, 8, 2, [r.tobytes() for r in rgb], chunk(b"eXIf", orientation)),
        np.rot90(rgb, -1))

    large = smooth(37, 29)
    add_saved("rgb420.jpg", large, "JPEG", quality=90)
    add_saved("rgb444.jpg", large, "JPEG", quality=90, subsampling=0)
    add_saved("progressive.jpg", large, "JPEG", quality=85, progressive=True)
    add_saved("gray.jpg", large.convert("L"), "JPEG", quality=90)
    add_saved("cmyk.jpg", large.convert("CMYK"), "JPEG", quality=95)
    add_saved("one_pixel.jpg", Image.new("RGB", (1, 1), (10, 200, 30)), "JPEG", quality=95)
    for sampling in UNUSUAL_SAMPLINGS:
        data = subprocess.run(
            ["convert", "-size", "37x29", "-depth", "8", "rgb:-", "-quality", "90", "-sampling-factor", sampling,
             "jpeg:-"], input=large.tobytes(), stdout=subprocess.PIPE, check=True).stdout
        name = "sampling_" + sampling.replace(",", "_") + ".jpg"
        add(name, data, Image.open(io.BytesIO(data)).convert("RGB"))
    turns = {2: np.fliplr, 3: lambda a: np.rot90(a, 2), 4: np.flipud, 5: lambda a: a.swapaxes(0, 1),
             6: lambda a: np.rot90(a, -1), 7: lambda a: np.rot90(a, 2).swapaxes(0, 1), 8: np.rot90}
    for number, turn in turns.items():
        exif = Image.Exif()
        exif[274] = number
        data = saved(large, "JPEG", quality=90, exif=exif)
        add(f"orientation{number}.jpg", data, turn(np.asarray(Image.open(io.BytesIO(data)))))


def write_photographs(folder):
    step, photographs = 9973, {}
    for path in sorted(folder.iterdir()):
        if path.suffix in (".jpg", ".png"):
            image = Image.open(path).convert("RGB")
            data = image.tobytes()
            photographs[path.name] = {
                "width": image.width, "height": image.height, "crc32": zlib.crc32(data), "step": step,
                "samples": list(data[::step])}
    (CODECS / "photographs.json").write_text(json.dumps(photographs) + "\n")


if __name__ == "__main__":
    write_resizes()
    write_pictures()
    if len(sys.argv) > 1:
        write_photographs(pathlib.Path(sys.argv[1]))
