"""Tries `disassembler check` on all recipes and keeps what came of each.

    python survey.py RESULTS --torch PYTHON --keras PYTHON

PYTHON is that of an environment with requirements-torch.txt or requirements-keras.txt. RESULTS is a
file of JSON lines; what is in it is not tried again. Files are made in a temporary folder and removed.
"""

import argparse
import datetime
import json
import os
import pathlib
import re
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent


class Maker:
    """A process that makes files, by one script of this folder."""

    def __init__(self, python, script):
        self.command = [python, str(HERE / script)]
        listed = subprocess.run([*self.command, "--list"], check=True, text=True, stdout=subprocess.PIPE)
        self.recipes = [json.loads(line) for line in listed.stdout.splitlines()]
        self.process = None

    def make(self, name, file, log):
        if self.process is None:
            self.process = subprocess.Popen(
                self.command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)
        print(f"{name}\t{file}", file=self.process.stdin, flush=True)
        return self.process.stdout.readline().strip()

    def close(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()


def checked(disassembler, recipe, file, cuts):
    """What `check` says of a file."""
    answer = file.with_suffix(".json")
    answer.unlink(missing_ok=True)
    size = "x".join(map(str, recipe["size"]))
    command = [disassembler, "check", str(file), "--cuts", str(cuts), "--threads", "1", "--json", str(answer)]
    if recipe["axes"] == "dynamic":
        command += ["--size", size]
    try:
        ran = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600)
    except subprocess.TimeoutExpired:
        return {"opens": False, "why": "check took more than 600 s"}
    if not answer.exists():
        lines = [line for line in ran.stderr.splitlines() if not line.startswith("WARN")]
        why = (lines[-1] if lines else f"exit code {ran.returncode}").replace("disassembler: ", "", 1)
        return {"opens": False, "why": why.replace(str(file), "the file")[:400]}
    said = json.loads(answer.read_text())
    failures = [
        compared.get("failure") or f"{what} differs by {compared['relativeError']:.1e}, tolerated is {compared['tolerance']:.1e}"
        for part in said["runs"] + said["cuts"]
        for what, compared in (
            ("from ONNX Runtime's result ours", part["againstOnnxRuntime"]),
            ("from the masked network the cut one", part.get("againstMasked")))
        if compared and not compared["holds"]
    ]
    return {
        "opens": True,
        "parity": all(run["againstOnnxRuntime"]["holds"] for run in said["runs"]),
        "cutIsMasked": all(
            cut["againstMasked"]["holds"] and cut["againstOnnxRuntime"]["holds"] for cut in said["cuts"]),
        "reach": said["cuttableMacsShare"],
        "missing": said["missing"],
        "choices": said["channelGroups"],
        "error": said["largestRelativeError"],
        "seconds": said["seconds"],
        "why": failures[0][:400] if failures else "",
    }


def broken(file):
    """What no ONNX file may have; empty if it does not. torch.onnx.export(dynamo=True) of torch 2.9 gives
    convolutions the folded biases of other ones of the same name."""
    import onnx

    graph = onnx.load(file, load_external_data=False).graph
    extents = {weight.name: list(weight.dims) for weight in graph.initializer}
    for node in graph.node:
        if node.op_type == "Conv" and len(node.input) > 2:
            weight, bias = (extents.get(name) for name in node.input[1:3])
            if weight and bias and bias != weight[:1]:
                return f"the exporter gave Conv '{node.name}' a bias of {bias[0]} numbers for {weight[0]} kernels"
    return ""


def results(file):
    """The last result of each recipe, also of other runs of this script at the same time."""
    lines = file.read_text().splitlines() if file.exists() else []
    return {result["name"]: result for result in map(json.loads, lines)}


def tried(maker, recipe, folder, arguments, log):
    file = folder / (recipe["name"] + ".onnx")
    start = time.monotonic()
    made = maker.make(recipe["name"], file, log)
    result = {**recipe, "date": datetime.date.today().isoformat(), "exported": made == "made", "exportSeconds": round(time.monotonic() - start, 1)}
    if made != "made":
        result["why"] = made or "the exporting process ended"
    else:
        result["bytes"] = file.stat().st_size
        why = broken(file)
        result.update(
            {"exported": False, "why": why} if why else checked(arguments.disassembler, recipe, file, arguments.cuts))
    if not arguments.keep:
        for left in folder.glob(recipe["name"] + "*"):
            left.unlink()
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("--torch", help="Python with requirements-torch.txt")
    parser.add_argument("--keras", help="Python with requirements-keras.txt")
    parser.add_argument("--only", default="", help="regular expression that the names of recipes must match")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one recipe of each N")
    parser.add_argument("--from", type=int, default=0, dest="first", metavar="K", help="the first recipe, from 0")
    parser.add_argument("--cuts", type=int, default=3)
    parser.add_argument("--again", action="store_true", help="try again what did not work")
    parser.add_argument("--keep", type=pathlib.Path, help="folder to keep the files in")
    parser.add_argument("--disassembler", default=str(HERE.parent.parent / "disassembler"))
    arguments = parser.parse_args()
    makers = [
        Maker(python, script)
        for python, script in ((arguments.torch, "torch_networks.py"), (arguments.keras, "keras_networks.py"))
        if python
    ]
    wanted = [(maker, recipe) for maker in makers for recipe in maker.recipes if re.search(arguments.only, recipe["name"])]
    with tempfile.TemporaryDirectory() as temporary, open(os.devnull, "w") as log:
        folder = arguments.keep or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for maker, recipe in wanted[arguments.first :: arguments.every]:
            before = results(arguments.results).get(recipe["name"])
            if before and not (arguments.again and not (before.get("parity") and before.get("cutIsMasked"))):
                continue
            result = tried(maker, recipe, folder, arguments, log)
            with arguments.results.open("a") as out:
                out.write(json.dumps(result) + "\n")
            print(recipe["name"], result.get("parity"), result.get("cutIsMasked"), result.get("reach"), result["why"], flush=True)
    for maker in makers:
        maker.close()


if __name__ == "__main__":
    main()
