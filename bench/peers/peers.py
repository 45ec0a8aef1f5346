"""What the scripts share: timing, and the file that `./rl bench` reads.

The figures carry the ids of ours, so that the report sets them side by side. One core each: the
scripts keep the libraries from starting threads, as Bellman's benchmarks do.

A script whose library is not installed says so in one line and ends with status 0: the report then
goes without it.
"""

import argparse
import importlib
import json
import os
import pathlib
import platform
import sys
import time

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")


def options(description):
    """What the command line asks for: the folder ``out``, and whether to be ``quick``."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--out", default="bench-reports", help="the folder of the reports")
    parser.add_argument("--quick", action="store_true", help="measure less, for a first look")
    return parser.parse_args()


def needed(module, name, package=None):
    """A module; where it is not installed, the end of the script, with status 0."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as e:
        if e.name != module:
            raise
        script = pathlib.Path(sys.argv[0]).name
        print(f"{script}: {name} is not installed (pip install {package or module}), nothing done")
        sys.exit(0)


def processor():
    """The processor's name, as Java finds it."""
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.machine()


def seconds_per_call(call, quick):
    """The best of five means over a second each, after a warm-up; in quick form three of 0.2 s."""
    least_seconds, repeats = (0.2, 3) if quick else (1.0, 5)
    calls = 1
    while True:
        start = time.perf_counter()
        for _ in range(calls):
            call()
        took = time.perf_counter() - start
        if took > least_seconds / 4:
            break
        calls *= 2
    calls = max(1, int(calls * least_seconds / took))
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        for _ in range(calls):
            call()
        best = min(best, (time.perf_counter() - start) / calls)
    return best


class Results:
    """Figures of one peer, written to OUT/peers/NAME.json."""

    def __init__(self, out, name, peer):
        self.out = out
        self.name = name
        self.peer = peer
        self.figures = []

    def add(self, figure, score):
        print(f"{figure}: {score:.6g}", flush=True)
        self.figures.append({"figure": figure, "peer": self.peer, "score": score})

    def write(self):
        folder = pathlib.Path(self.out) / "peers"
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{self.name}.json"
        document = {
            "format": "bellman-peers",
            "version": 1,
            "cpu": processor(),
            "figures": self.figures,
        }
        file.write_text(json.dumps(document, indent=2) + "\n")
        print(f"written: {file}")
