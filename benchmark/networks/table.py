"""Writes what the survey found as a document.

    python table.py RESULTS DOCUMENT [--require]

With --require it fails unless 98 % of the convolutional networks work and 95 % of these have 95 % of
their MACs within reach.
"""

import collections
import json
import pathlib
import sys

HEAD = """# Networks that were tried

What `disassembler check` says of {files} files, {networks} networks of {libraries} libraries that anyone can install, with random
weights whose normalisations have the statistics, scales and shifts of trained ones. Made by
[benchmark/networks](../benchmark/README.md#networks) ({versions}) on {date}; a scheduled job tries them again.

*Opens*: read, run and taken apart. *Parity*: the same scores as ONNX Runtime, at several sizes where the file leaves them
open. *Cut = masked*: three random cuts give what the full network gives with the removed channels at zero, and what ONNX
Runtime makes of the smaller file. *Within reach*: the share of the MACs that can be cut into. *Choices*: channel groups
that can be kept or removed. *Seconds*: of all that, on one thread of a busy machine.

{summary}
"""

COLUMNS = "| network | exporter | opset | axes | variant | opens | parity | cut = masked | within reach | choices | seconds |"


def works(result):
    return bool(result.get("opens") and result["parity"] and result["cutIsMasked"])


def yes(value):
    return "yes" if value else "**no**"


def share(part, whole):
    return f"{part} of {whole} ({100 * part / max(1, whole):.1f} %)"


def row(result):
    start = (
        f"| {result['network']} | {result['exporter']} | {result['opset']} | {result['axes']} | {result['variant']} "
    )
    if not result["opens"]:
        return start + "| **no** | | | | | |"
    return start + (
        f"| yes | {yes(result['parity'])} | {yes(result['cutIsMasked'])} | {100 * result['reach']:.1f} % "
        f"| {result['choices']} | {result['seconds']:.1f} |"
    )


def obstacles(result):
    total = sum(part["macs"] for part in result["missing"]) / max(1e-9, 1 - result["reach"])
    parts = [part for part in result["missing"] if part["macs"] > 0.002 * total][:3]
    return "; ".join(f"{100 * part['macs'] / total:.1f} %: {part['reason']}" for part in parts)


def name(result):
    return " ".join(
        str(part) for part in (result["network"], result["exporter"], result["opset"], result["axes"], result["variant"]) if part
    )


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def listed(title, head, entries):
    return [f"## {title}", "", head, "| --- | --- | --- |", *entries, ""] if entries else []


def main():
    source, target = map(pathlib.Path, sys.argv[1:3])
    required = sys.argv[3:] == ["--require"]
    found = {}
    for line in source.read_text().splitlines():
        result = json.loads(line)
        found[result["name"]] = result
    tried = [result for result in found.values() if result["exported"]]
    kinds = {
        "convolutional": [r for r in tried if r["kind"] == "convolutional"],
        "with attention": [r for r in tried if r["kind"] == "attention"],
    }
    summary = []
    for kind, results in kinds.items():
        good = [result for result in results if works(result)]
        reach = [result for result in good if result["reach"] >= 0.95]
        summary.append(
            f"- {kind}: {share(len(good), len(results))} work; of these {share(len(reach), len(good))} have 95 % of their MACs within reach."
        )
    here = pathlib.Path(__file__).parent
    pins = [
        line.strip()
        for file in ("requirements-torch.txt", "requirements-keras.txt")
        for line in (here / file).read_text().splitlines()
        if line.split("==")[0] in ("torch", "onnxruntime", "tf2onnx")
    ]
    by_library = collections.defaultdict(list)
    for result in tried:
        by_library[result["library"]].append(result)
    lines = [
        HEAD.format(
            files=len(tried),
            networks=len({(r["library"], r["network"]) for r in tried}),
            libraries=len(by_library),
            versions=", ".join(dict.fromkeys(pins)).replace("==", " "),
            date=max(r.get("date", "") for r in tried),
            summary="\n".join(summary),
        )
    ]
    lines += listed(
        "What does not work", "| library | file | why |",
        [f"| {r['library']} | {name(r)} | {cell(r['why'])} |" for r in tried if not works(r)])
    lines += listed(
        "What is not within reach", "| library | file | share of the MACs and what stands there |",
        [f"| {r['library']} | {name(r)} | {cell(obstacles(r))} |" for r in tried if works(r) and r["reach"] < 0.95])
    for library, results in by_library.items():
        lines += [f"## {library}", "", COLUMNS, "|" + " --- |" * 11, *map(row, results), ""]
    lines += listed(
        "What no exporter wrote", "| library | file | why |",
        [f"| {r['library']} | {name(r)} | {cell(r['why'])} |" for r in found.values() if not r["exported"]])
    target.write_text("\n".join(lines).rstrip() + "\n")
    print("\n".join(summary))
    convolutional = kinds["convolutional"]
    good = [result for result in convolutional if works(result)]
    enough = len(good) >= 0.98 * len(convolutional)
    if required and not (enough and sum(result["reach"] >= 0.95 for result in good) >= 0.95 * len(good)):
        sys.exit("fewer work than should")


if __name__ == "__main__":
    main()
