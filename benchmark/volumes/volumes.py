"""Makes volumes of blobs with masks, trains a 3-D U-Net on them and writes it as ONNX with a card.

    pip install -r requirements.txt
    python volumes.py FOLDER

Writes FOLDER/images and FOLDER/masks (half of them NIfTI, half .npy), FOLDER/test-images and
FOLDER/test-masks, FOLDER/unet3d.onnx and FOLDER/unet3d.yaml. Minutes on two cores.
"""

import argparse
import gzip
import pathlib
import struct

import numpy
import torch
from torch import nn

SIDE = 24
CATEGORIES = ["background", "ball", "box", "grain"]


def volume(seed):
    """A noisy volume of bright balls, dark boxes and grainy ellipsoids, and its mask."""
    random = numpy.random.default_rng(seed)
    image = random.normal(0, 0.15, (SIDE,) * 3)
    mask = numpy.zeros((SIDE,) * 3, numpy.uint8)
    axes = numpy.mgrid[:SIDE, :SIDE, :SIDE]
    for _ in range(random.integers(3, 6)):
        centre = random.uniform(4, SIDE - 4, 3)
        radius = random.uniform(3, 6)
        away = axes - centre[:, None, None, None]
        kind = random.integers(1, 4)
        if kind == 2:
            inside = numpy.abs(away).max(0) < radius
        else:
            stretch = numpy.ones(3) if kind == 1 else random.uniform(0.8, 1.4, 3)
            inside = (away**2 / stretch[:, None, None, None] ** 2).sum(0) < radius**2
        if kind == 1:
            image[inside] = random.normal(0.8, 0.15, inside.sum())
        elif kind == 2:
            image[inside] = random.normal(-0.8, 0.15, inside.sum())
        else:
            image[inside] = random.normal(0, 0.9, inside.sum())
        mask[inside] = kind
    return image.astype(numpy.float32), mask


def nifti(array, file):
    """A NIfTI-1 file; array is z x y x x."""
    codes = {"uint8": (2, 8), "float32": (16, 32)}
    code, bits = codes[array.dtype.name]
    header = bytearray(352)
    struct.pack_into("<i", header, 0, 348)
    struct.pack_into("<8h", header, 40, 3, *reversed(array.shape), 1, 1, 1, 1)
    struct.pack_into("<hh", header, 70, code, bits)
    struct.pack_into("<8f", header, 76, *[1] * 8)
    struct.pack_into("<3f", header, 108, 352, 1, 0)
    header[344:347] = b"n+1"
    with gzip.GzipFile(file, "wb", mtime=0) as out:
        out.write(bytes(header) + array.tobytes())


def write(folder, images, masks, seeds):
    (folder / images).mkdir(parents=True, exist_ok=True)
    (folder / masks).mkdir(exist_ok=True)
    for seed in seeds:
        for kind, array in zip((images, masks), volume(seed)):
            name = folder / kind / f"{seed:04d}"
            if seed % 2:
                numpy.save(name.with_suffix(".npy"), array)
            else:
                nifti(array, name.with_suffix(".nii.gz"))


def block(before, after, stride=1):
    return nn.Sequential(
        nn.Conv3d(before, after, 3, stride, 1),
        nn.InstanceNorm3d(after, affine=True),
        nn.LeakyReLU(0.01),
        nn.Conv3d(after, after, 3, 1, 1),
        nn.InstanceNorm3d(after, affine=True),
        nn.LeakyReLU(0.01),
    )


class UNet(nn.Module):
    """As nnU-Net builds them: strided convolutions down, transposed ones up, instance normalization."""

    def __init__(self, width=8):
        super().__init__()
        self.first = block(1, width)
        self.second = block(width, 2 * width, 2)
        self.third = block(2 * width, 4 * width, 2)
        self.up2 = nn.ConvTranspose3d(4 * width, 2 * width, 2, 2)
        self.back2 = block(4 * width, 2 * width)
        self.up1 = nn.ConvTranspose3d(2 * width, width, 2, 2)
        self.back1 = block(2 * width, width)
        self.classify = nn.Conv3d(width, len(CATEGORIES), 1)

    def forward(self, x):
        first = self.first(x)
        second = self.second(first)
        third = self.third(second)
        second = self.back2(torch.cat([self.up2(third), second], 1))
        first = self.back1(torch.cat([self.up1(second), first], 1))
        return self.classify(first)


def dice(logits, masks):
    shares = logits.softmax(1)
    truth = nn.functional.one_hot(masks, len(CATEGORIES)).movedim(-1, 1)
    both = (shares * truth).sum((0, 2, 3, 4))
    return 1 - (2 * both / (shares + truth).sum((0, 2, 3, 4)).clamp_min(1)).mean()


def train(steps, batch, seed):
    torch.manual_seed(seed)
    network = UNet()
    optimizer = torch.optim.AdamW(network.parameters(), 3e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, steps)
    for step in range(steps):
        volumes = [volume(1_000_000 + seed * 100_000 + step * batch + i) for i in range(batch)]
        images = torch.tensor(numpy.stack([v for v, _ in volumes]))[:, None]
        masks = torch.tensor(numpy.stack([m for _, m in volumes])).long()
        logits = network(images)
        loss = nn.functional.cross_entropy(logits, masks) + dice(logits, masks)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 25 == 0 or step == steps - 1:
            print(f"step {step}: loss {loss.item():.4f}", flush=True)
    return network.eval()


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--steps", type=int, default=200)
    arguments.add_argument("--batch", type=int, default=2)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--threads", type=int, default=2)
    told = arguments.parse_args()
    torch.set_num_threads(told.threads)
    write(told.folder, "images", "masks", range(24))
    write(told.folder, "test-images", "test-masks", range(5000, 5024))
    network = train(told.steps, told.batch, told.seed)
    torch.onnx.export(
        network,
        torch.zeros(1, 1, SIDE, SIDE, SIDE),
        str(told.folder / "unet3d.onnx"),
        input_names=["volume"],
        output_names=["logits"],
        dynamic_axes={
            "volume": {0: "batch", 2: "depth", 3: "height", 4: "width"},
            "logits": {0: "batch", 2: "depth", 3: "height", 4: "width"},
        },
        opset_version=17,
        dynamo=False,
    )
    (told.folder / "unet3d.yaml").write_text(
        f"categories: [{', '.join(CATEGORIES)}]\n"
        "input:\n  color: BANDS\n  scale: 1\n  mean: [0]\n  std: [1]\n"
        f"  size: [{SIDE}, {SIDE}, {SIDE}]\n"
    )


if __name__ == "__main__":
    main()
