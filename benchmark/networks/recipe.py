"""What the survey tries: one recipe for each file, and how a process makes the files that are asked of it."""

import argparse
import dataclasses
import json
import os
import pathlib
import sys
import time


@dataclasses.dataclass(frozen=True)
class Recipe:
    """One file: a network of a library, written by an exporter.

    kind is convolutional, or attention where tokens or channels are mixed by products of computed
    values. variant is what was done to the file afterwards. size is what `check` works at where the
    file leaves it open.
    """

    library: str
    network: str
    exporter: str
    opset: int
    axes: str
    kind: str = "convolutional"
    variant: str = ""
    size: tuple = (64, 64)

    @property
    def name(self):
        parts = [self.library, self.network, self.exporter, str(self.opset), self.axes, self.variant]
        return "+".join(part for part in parts if part).replace("/", "-").replace(" ", "-")


def serve(recipes, make, prepare=lambda recipe: None):
    """Lists the recipes as JSON lines, or makes what standard input names, each in a process of its own.

    Each line of standard input is a recipe's name and a file, with a tab between; each line of
    standard output is "made", or why it was not. prepare imports what a recipe needs, once for all forks.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--list", action="store_true", help="print the recipes and stop")
    if parser.parse_args().list:
        for recipe in recipes:
            print(json.dumps({"name": recipe.name, **dataclasses.asdict(recipe)}))
        return
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print is no answer
    by_name = {recipe.name: recipe for recipe in recipes}
    for line in sys.stdin:
        name, file = line.rstrip("\n").split("\t")
        prepare(by_name[name])
        print(_made(by_name[name], pathlib.Path(file), make), file=answers, flush=True)


def _made(recipe, file, make, limit=400):
    """Makes a file in a fork, so that nothing it leaves behind or dies of reaches the next."""
    error = file.with_suffix(".error")
    error.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        try:
            make(recipe, file)
        except BaseException as e:  # whatever an exporter throws is the result
            said = [line.strip() for line in str(e).splitlines() if line.strip()]
            error.write_text(f"{type(e).__name__}: {said[0] if said else ''}"[:300])
            os._exit(1)
        os._exit(0)
    end = time.monotonic() + limit
    while time.monotonic() < end:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            if status == 0:
                return "made"
            return error.read_text() if error.exists() else f"the exporter died, status {status}"
        time.sleep(0.1)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return f"not exported within {limit} s"
