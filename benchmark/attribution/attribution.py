#!/usr/bin/env python3
"""The same attribution as `disassembler profile`, written by hand in PyTorch, beside it, in one run.

Both get the same images, resized in advance, and as many threads, in turn, so that the load of the machine falls on both. The
sums of both must agree to 1e-4 of the largest in each vector; where rounding does more, as with CGNet, `--exact` says so. Then
processor time and wall time for an image are printed, those of starting up left out (by the difference of two runs).
`pip install -r benchmark/attribution/requirements.txt`; see benchmark/README.md.
"""

import argparse
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

import h5py
import numpy as np
import onnx
import torch
import torch.nn.functional as F
import yaml
from onnx import numpy_helper
from PIL import Image

TAU = 0.9
FEWEST_PIXELS = 4
TOLERANCE = 1e-4
RECTIFIERS = ("Relu", "PRelu")
SMALLEST = 7e-46  # rounded to zero in floats of 32 bits, which hold numbers below 1e-38 with fewer digits
FEW_DIGITS = 1e-36


class Net(torch.nn.Module):
    """The graph of an ONNX file: the operators that U-Net, CGNet and DeepLabV3 have, and no others."""

    def __init__(self, path):
        super().__init__()
        graph = onnx.load(path).graph
        self.constants = {w.name: torch.tensor(numpy_helper.to_array(w).copy()) for w in graph.initializer}
        self.image = next(i.name for i in graph.input if i.name not in self.constants)
        self.scores = graph.output[0].name
        self.nodes = [(n, {a.name: onnx.helper.get_attribute_value(a) for a in n.attribute}) for n in graph.node]
        self.width = torch.float32

    def forward(self, image):
        """All values by name."""
        values = dict(self.constants)
        values[self.image] = image
        for node, attributes in self.nodes:
            x = [values[name] if name else None for name in node.input]
            values[node.output[0]] = self.value(node, attributes, x)
        return values

    def value(self, node, attributes, x):
        """What a node makes of its inputs."""
        return self.apply(node.op_type, attributes, x)

    @staticmethod
    def apply(op, a, x):
        pads = a.get("pads", [0, 0, 0, 0])
        if op in ("Conv", "ConvTranspose", "MaxPool", "AveragePool") and (pads[0] != pads[2] or pads[1] != pads[3]):
            raise SystemExit(f"{op}: uneven pads {pads}")
        bias = x[2] if len(x) > 2 else None
        if op == "Conv":
            return F.conv2d(x[0], x[1], bias, a.get("strides", 1), pads[:2], a.get("dilations", 1), a.get("group", 1))
        if op == "ConvTranspose":
            return F.conv_transpose2d(x[0], x[1], bias, a.get("strides", 1), pads[:2], 0, a.get("group", 1))
        if op == "BatchNormalization":
            return F.batch_norm(x[0], x[3], x[4], x[1], x[2], False, 0, a.get("epsilon", 1e-5))
        if op == "PRelu":
            return F.prelu(x[0], x[1].reshape(-1))
        if op == "MaxPool":
            return F.max_pool2d(x[0], a["kernel_shape"], a["strides"], pads[:2])
        if op == "AveragePool":
            counted = bool(a.get("count_include_pad", 0))
            return F.avg_pool2d(x[0], a["kernel_shape"], a["strides"], pads[:2], count_include_pad=counted)
        if op == "Gemm":
            weights = x[1].t() if a.get("transB") else x[1]
            return a.get("alpha", 1.0) * (x[0] @ weights) + a.get("beta", 1.0) * x[2]
        if op == "Resize":
            size = x[3][2:].tolist() if len(x) > 3 else [round(e * s) for e, s in zip(x[0].shape[2:], x[2][2:].tolist())]
            align = a.get("coordinate_transformation_mode", b"").decode() == "align_corners"
            return F.interpolate(x[0], size=size, mode="bilinear", align_corners=align)
        if op == "Constant":
            return torch.tensor(numpy_helper.to_array(a["value"]).copy())
        if op == "Pad":
            p = (x[1].tolist() if len(x) > 1 else pads) if any(x[1].tolist() if len(x) > 1 else pads) else [0] * 8
            return F.pad(x[0], [p[3], p[7], p[2], p[6]]) if any(p) else x[0]
        if op == "Slice":
            rows = [slice(None)] * x[0].dim()
            axes = x[3].tolist() if len(x) > 3 else range(len(x[1]))
            for axis, start, end in zip(axes, x[1].tolist(), x[2].tolist()):
                rows[axis] = slice(start, end)
            return x[0][tuple(rows)]
        simple = {
            "Relu": lambda: F.relu(x[0]),
            "Sigmoid": lambda: torch.sigmoid(x[0]),
            "Mul": lambda: x[0] * x[1],
            "Add": lambda: x[0] + x[1],
            "Concat": lambda: torch.cat(x, a["axis"]),
            "GlobalAveragePool": lambda: x[0].mean((2, 3), keepdim=True),
            "Reshape": lambda: x[0].reshape([x[0].shape[i] if d == 0 else d for i, d in enumerate(x[1].tolist())]),
            "Shape": lambda: torch.tensor(x[0].shape),
        }
        if op not in simple:
            raise SystemExit(f"operator {op} is not written here")
        return simple[op]()


class Exact(Net):
    """The same in floats of 64 bits, but for numbers that are zero in 32; remembers which inputs of rectifiers are positive."""

    def __init__(self, path):
        super().__init__(path)
        self.width = torch.float64
        self.constants = {n: w.double() if w.is_floating_point() else w for n, w in self.constants.items()}
        self.positive = {}

    def value(self, node, attributes, x):
        if node.op_type in RECTIFIERS:
            self.positive[node.output[0]] = x[0] > 0
        y = super().value(node, attributes, x)
        return torch.where(y.abs() < SMALLEST, 0, y) if y.is_floating_point() else y


class OneSided(Net):
    """In floats of 32 bits, with each rectifier on the side on which it is in 64."""

    def __init__(self, path):
        super().__init__(path)
        self.exact = Exact(path)

    def forward(self, image):
        with torch.no_grad():
            self.exact(image.double())
        return super().forward(image)

    def value(self, node, attributes, x):
        if node.op_type not in RECTIFIERS:
            return super().value(node, attributes, x)
        slope = x[1].reshape(-1, 1, 1) if node.op_type == "PRelu" else 0
        return torch.where(self.exact.positive[node.output[0]], x[0], slope * x[0])


class SideBySide(Net):
    """With the channels of a pixel side by side in memory, so that PyTorch takes other kernels."""

    def value(self, node, attributes, x):
        y = super().value(node, attributes, x)
        return y.contiguous(memory_format=torch.channels_last) if y.dim() == 4 else y


def attribute(net, names, image, label):
    """What one image adds to the profile: categories -> maps -> (forward, backward, taylor), moments of maps, areas of masks."""
    values = net(image)
    scores = values[net.scores]
    if label is not None and scores.shape[2:] != label.shape:
        label = nearest(label, scores.shape[2:])
    with torch.no_grad():
        confidence, decided = torch.softmax(scores[0], 0).max(0)
        decided[confidence < TAU] = -1
        if label is not None:
            decided[decided != label] = -1
        shown = [c for c in range(scores.shape[1]) if (decided == c).sum() >= FEWEST_PIXELS]
        masks = torch.stack([(decided == c).to(net.width) for c in shown]) if shown else None
        moments, weights = {}, {}
        for name in names:
            pixels = channels(values[name].detach()).double()
            moments[name] = (pixels.sum(1), pixels @ pixels.t(), (pixels > 0).double().sum(1))
            if shown:
                weights[name] = (
                    F.adaptive_avg_pool2d(masks, values[name].shape[2:]).flatten(1)
                    if values[name].dim() == 4
                    else torch.ones(len(shown), 1, dtype=net.width)
                )
    found = {}
    for row, category in enumerate(shown):
        score = (scores[0, category] * masks[row]).sum()
        last = row == len(shown) - 1
        gradients = torch.autograd.grad(score, [values[n] for n in names], retain_graph=not last, allow_unused=True)
        with torch.no_grad():
            found[category] = {}
            for name, gradient in zip(names, gradients):
                a = channels(values[name])
                g = torch.zeros_like(a) if gradient is None else gradient.reshape(a.shape)
                w = weights[name][row]
                forward = (F.relu(a) @ w).double()
                if forward.sum() > 0:
                    forward /= forward.sum()
                found[category][name] = (forward, F.relu(g) @ w, (a * g).abs() @ w)
    return found, moments, {c: int(masks[row].sum()) for row, c in enumerate(shown)}


def channels(value):
    """C x P."""
    return value[0].flatten(1) if value.dim() == 4 else value.reshape(-1, 1)


def nearest(label, size):
    rows = ((2 * torch.arange(size[0]) + 1) * label.shape[0]) // (2 * size[0])
    columns = ((2 * torch.arange(size[1]) + 1) * label.shape[1]) // (2 * size[1])
    return label[rows][:, columns]


def by_hand(net, names, folder, card, files):
    """Sums over images, and (wall, processor) seconds."""
    sums, times = {}, []
    spec = card["input"]
    mean, std = (torch.tensor(spec[k]).reshape(3, 1, 1) for k in ("mean", "std"))
    for file in files:
        wall, processor = time.perf_counter(), time.process_time()
        pixels = np.asarray(Image.open(folder / "images" / file).convert("RGB")).transpose(2, 0, 1)
        image = ((torch.tensor(pixels).float() / spec["scale"] - mean) / std).unsqueeze(0).to(net.width).requires_grad_()
        mask = folder / "masks" / file
        label = torch.tensor(np.asarray(Image.open(mask)).astype(np.int64)) if mask.exists() else None
        found, moments, areas = attribute(net, names, image, label)
        for category, area in areas.items():
            sums[("area", category)] = sums.get(("area", category), 0) + area
        for category, maps in found.items():
            for name, vectors in maps.items():
                for kind, vector in zip(("forward", "backward", "taylor"), vectors):
                    key = (kind, category, name)
                    sums[key] = sums.get(key, 0) + vector.double()
        for name, (total, cross, positive) in moments.items():
            for kind, part in (("sum", total), ("cross", cross), ("positive", positive)):
                sums[(kind, name)] = sums.get((kind, name), 0) + part
        times.append((time.perf_counter() - wall, time.process_time() - processor))
    return sums, times


def disassembler(command, model, folder, threads, output, limit):
    """Wall and processor seconds of one run over the first images."""
    masks = ["--masks", folder / "masks"] if (folder / "masks").exists() else []
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall = time.perf_counter()
    subprocess.run(
        [*command, "profile", model, "--images", folder / "images", *masks, "--threads", str(threads)]
        + ["--limit", str(limit), "--output", output, "--overwrite", "--quiet"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - wall, processor


def name_of(group):
    """The feature map's name, which strings of fixed length have as bytes."""
    name = group.attrs["name"]
    return name.decode() if isinstance(name, bytes) else name


def of_profile(profile):
    """The sums that a profile holds, by the same keys as those by hand."""
    sums = {("area", c): area for c, area in enumerate(profile["categories/mask_area"][()])}
    for group in profile["feature_maps"].values():
        name = name_of(group)
        for kind in ("sum", "cross", "positive"):
            sums[(kind, name)] = group[kind][()]
        for kind in ("forward", "backward", "taylor"):
            for category, row in enumerate(group[kind][()]):
                sums[(kind, category, name)] = row
    return sums


def differences(found, expected):
    """Of each vector the largest difference, relative to its largest number, and which it is; the largest first."""
    vectors = {key: [np.asarray(sums.get(key, 0)) for sums in (found, expected)] for key in {**found, **expected} if key[0] != "area"}
    silent = {key[1] for key, both in vectors.items() if key[0] == "sum" and np.abs(both).max() < FEW_DIGITS}
    relative = []
    for key, (one, other) in vectors.items():
        largest = max(np.abs(one).max(), np.abs(other).max())
        if largest > FEW_DIGITS and key[-1] not in silent:
            relative.append((np.abs(one - other).max() / largest, key))
    return sorted(relative, key=lambda difference: -difference[0])


def moved(found, expected):
    """Confident pixels that are on the other side of the threshold."""
    return sum(abs(found.get(key, 0) - expected.get(key, 0)) for key in {**found, **expected} if key[0] == "area")


def print_differences(what, found, expected):
    all_of_them = differences(found, expected)
    largest, (kind, *where) = all_of_them[0]
    median = all_of_them[len(all_of_them) // 2][0]
    many = sum(difference > TOLERANCE for difference, _ in all_of_them)
    print(
        f"{what}: sums differ by {largest:.1e} at most ({kind} of {where[-1]}), {median:.1e} in the median, over {TOLERANCE} in {many} of "
        f"{len(all_of_them)} vectors; {moved(found, expected):.0f} confident pixels on the other side of the threshold"
    )
    return largest


def resized(images, masks, count, size, folder):
    """The first images, and their masks if there are any, at the network's size."""
    for part, source, method in (("images", images, Image.BILINEAR), ("masks", masks, Image.NEAREST)):
        if source:
            (folder / part).mkdir(parents=True)
            for file in sorted(source.iterdir())[:count]:
                Image.open(file).resize(size, method).save(folder / part / (file.stem + ".png"))
    return folder


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("model", type=pathlib.Path, help="ONNX file, its card beside it")
    options.add_argument("images", type=pathlib.Path)
    options.add_argument("masks", type=pathlib.Path, nargs="?")
    options.add_argument("--count", type=int, default=6)
    options.add_argument("--rounds", type=int, default=2)
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--disassembler", default=str(pathlib.Path(__file__).resolve().parents[2] / "disassembler"))
    options.add_argument("--exact", action="store_true", help="also compute by hand in floats of 64 bits, and say how far both are from that")
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    card = yaml.safe_load(chosen.model.with_suffix(".yaml").read_text())
    height, width = card["input"]["size"]
    few = max(1, chosen.count // 3)
    counted = chosen.count - few
    command = chosen.disassembler.split()
    net = Net(chosen.model)
    with tempfile.TemporaryDirectory() as temporary:
        short, long = (
            resized(chosen.images, chosen.masks, count, (width, height), pathlib.Path(temporary) / str(count))
            for count in (few, chosen.count)
        )
        output = pathlib.Path(temporary) / "profile.h5"
        files = sorted(path.name for path in (long / "images").iterdir())
        hand, ours = [], []
        for _ in range(chosen.rounds):
            runs = [
                disassembler(command, chosen.model, folder, chosen.threads, output, count)
                for folder, count in ((short, few), (long, chosen.count))
            ]
            ours.append([(b - a) / counted for a, b in zip(*runs)])
            with h5py.File(output) as profile:
                names = [name_of(group) for group in profile["feature_maps"].values()]
                theirs = of_profile(profile)
            mine, times = by_hand(net, names, long, card, files)
            # The first images warm up, as they do there.
            hand.append([sum(t[i] for t in times[few:]) / counted for i in range(2)])
        kinds = (Exact, SideBySide, OneSided) if chosen.exact else ()
        others = [by_hand(kind(chosen.model), names, long, card, files)[0] for kind in kinds]
    print(f"{chosen.model.stem}, {chosen.threads} threads, {counted} images, torch {torch.__version__}")
    difference = print_differences("by hand and here", mine, theirs)
    for what, i in (("wall", 0), ("processor", 1)):
        by, here = (sum(times[i] for times in rounds) / chosen.rounds for rounds in (hand, ours))
        each = ", ".join(f"{h[i] / o[i]:.2f}" for h, o in zip(hand, ours))
        print(f"{what:>10} s an image: {by:.2f} by hand, {here:.2f} here, ratio {by / here:.2f} (by round: {each})")
    if chosen.exact:
        exact, side_by_side, one_sided = others
        for what, sums in (
            ("by hand", mine),
            ("here", theirs),
            ("by hand, channels side by side", side_by_side),
            ("by hand, rectifiers as in 64 bits", one_sided),
        ):
            print_differences(f"{what}, from floats of 64 bits", sums, exact)
    if difference > TOLERANCE:
        sys.exit(f"the sums differ by more than {TOLERANCE}")


if __name__ == "__main__":
    main()
