"""What the scripts share: timing, and the file that `./rl bench` reads.

The figures carry the ids of ours, so that the report sets them side by side. One core each: the
scripts keep the libraries from starting threads, as Bellman's benchmarks do.
"""

import argparse
import json
import os
import pathlib
import platform
import time

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")


def processor():
    """The processor's name, as Java finds it."""
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.machine()


def seconds_per_call(call, least_seconds=1.0, repeats=5):
    """The best of some means over at least so many seconds, after a warm-up of one repeat."""
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
    """Figures of one peer, written to DIR/peers/NAME.json."""

    def __init__(self, name, peer):
        parser = argparse.ArgumentParser()
        parser.add_argument("--out", default="bench-reports", help="the folder of the reports")
        self.arguments = parser.parse_args()
        self.name = name
        self.peer = peer
        self.figures = []

    def add(self, figure, score):
        print(f"{figure}: {score:.6g}", flush=True)
        self.figures.append({"figure": figure, "peer": self.peer, "score": score})

    def write(self):
        folder = pathlib.Path(self.arguments.out) / "peers"
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
