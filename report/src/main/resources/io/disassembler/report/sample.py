"""Which of the categories of @MODEL@ each pixel of an image has.

    python @PROGRAM@ IMAGE...

@WRITES@
Written by Disassembler @VERSION@; needs numpy, pillow and onnxruntime, and nothing of Disassembler.
"""

import sys
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

MODEL = Path(__file__).with_name(@MODEL_LITERAL@)
@NAMES@

# From the network's card: input = (pixel / SCALE - MEAN) / STD.
COLOR, SCALE, MEAN, STD = @COLOR@, @SCALE@, @MEAN@, @STD@
HEIGHT, WIDTH = @HEIGHT@, @WIDTH@
# The order of the axes of the file's input and output.
INPUT, OUTPUT = @INPUT@, @OUTPUT@
@DECIDES@

TYPES = {
    "tensor(float)": np.float32,
    "tensor(float16)": np.float16,
    "tensor(double)": np.float64,
    "tensor(uint8)": np.uint8,
    "tensor(int8)": np.int8,
    "tensor(int16)": np.int16,
    "tensor(int32)": np.int32,
    "tensor(int64)": np.int64,
}

session = onnxruntime.InferenceSession(MODEL, providers=["CPUExecutionProvider"])


def preprocess(image):
    """The network's input for a Pillow image: one image, with the axes as the file has them."""
    image = image.convert("L" if COLOR == "GRAY" else "RGB")
    # Columns first and then rows, antialiased; Pillow 13 would take rows first for some sizes.
    image = image.resize((WIDTH, image.height), Image.BILINEAR).resize((WIDTH, HEIGHT), Image.BILINEAR)
    pixels = np.asarray(image, np.float64).reshape(HEIGHT, WIDTH, -1)
    if COLOR == "BGR":
        pixels = pixels[..., ::-1]
    pixels = ((pixels / SCALE - MEAN) / STD).astype(np.float32)[None]
    axes = pixels.transpose(["NHWC".index(axis) for axis in "N" + INPUT.replace("N", "")])
    axes = axes if "N" in INPUT else axes[0]
    return np.ascontiguousarray(axes.astype(TYPES[session.get_inputs()[0].type]))


def resize(scores, height, width):
    """Scores (C x H x W) at another size: bilinear, pixel centres at half, no antialiasing."""
    for axis, target in ((2, width), (1, height)):
        source = scores.shape[axis]
        if source == target:
            continue
        position = np.maximum((np.arange(target) + 0.5) * source / target - 0.5, 0)
        before = np.minimum(position.astype(int), source - 1)
        after = np.minimum(before + 1, source - 1)
        share = (position - before).astype(np.float32)
        share = share if axis == 2 else share[:, None]
        scores = scores.take(before, axis) * (1 - share) + scores.take(after, axis) * share
    return scores


def run(image):
    """The network's output for a Pillow image: categories (1 if the file has no such axis) x rows x columns."""
    output = session.run([session.get_outputs()[0].name], {session.get_inputs()[0].name: preprocess(image)})[0]
    # Extents of batch, category, height and width, whichever of them the file has.
    axes = OUTPUT if output.ndim == len(OUTPUT) else "NHW"
    order = [axes.index(axis) for axis in "NCHW" if axis in axes]
    return output.transpose(order).reshape(*(output.shape[axes.index(a)] if a in axes else 1 for a in "CHW"))


@SEGMENTS@