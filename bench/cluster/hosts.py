"""Runs of a cluster of simulated hosts, compared byte for byte with the same runs of one process.

Each host is a network namespace with an interface of its own. A switch in this program carries the frames between them, and
delays, loses and cuts as each condition says. Needs Linux, root, iproute2, and a build with a cluster (`./rl` makes it on
first use of `--workers`). It reaches no network but its own.

    sudo python3 bench/cluster/hosts.py [--only CONDITION] [--learners ppo,dqn] [--workers 1,2,3,5] [--out FOLDER]
"""

import argparse
import contextlib
import fcntl
import filecmp
import heapq
import os
import random
import selectors
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PORT = 2551
# long enough for something to happen to them in the middle
LEARNERS = {
    "ppo": ["ppo", "CartPole-v1", "--envs", "8", "--steps", "20480"],
    "a2c": ["a2c", "CartPole-v1", "--envs", "8", "--set", "n_steps=32", "--steps", "25600"],
    "dqn": ["dqn", "CartPole-v1", "--envs", "8", "--round", "32", "--steps", "12800"],
    "sac": ["sac", "Pendulum-v1", "--envs", "4", "--round", "16", "--set", "hidden=[32,32]", "--set", "batch_size=32", "--steps", "3840"],
    "q-learning": ["q-learning", "Taxi-v4", "--envs", "8", "--round", "512", "--steps", "409600"],
}
BRIEF = ["--eval-episodes", "1", "--quiet"]


class Switch(threading.Thread):
    """An Ethernet switch between namespaces: one TAP device each."""

    def __init__(self, names):
        super().__init__(daemon=True)
        self.names = names
        self.delay = self.loss = 0.0
        self.cut = set()
        self.frames = self.bytes = 0
        self.taps, self.addresses = {}, {}
        self.queue, self.count = [], 0
        self.random = random.Random(1)
        self.stopping = False
        for i, name in enumerate(names):
            subprocess.run(["ip", "netns", "add", name], check=True)
            tap = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
            device = f"{name}-t"
            fcntl.ioctl(tap, 0x400454CA, struct.pack("16sH", device.encode(), 0x0002 | 0x1000))  # a TAP without header
            subprocess.run(["ip", "link", "set", device, "netns", name], check=True)
            for words in (
                ["link", "set", "lo", "up"],
                ["addr", "add", f"{address(i)}/24", "dev", device],
                ["link", "set", device, "up"],
            ):
                subprocess.run(["ip", "-n", name, *words], check=True)
            self.taps[tap] = name

    def run(self):
        with selectors.DefaultSelector() as selector:
            for tap in self.taps:
                selector.register(tap, selectors.EVENT_READ)
            while not self.stopping:
                wait = max(0.0, self.queue[0][0] - time.monotonic()) if self.queue else 0.1
                for key, _ in selector.select(min(wait, 0.1)):
                    with contextlib.suppress(BlockingIOError):
                        for _ in range(64):
                            self.take(key.fd, os.read(key.fd, 65536))
                while self.queue and self.queue[0][0] <= time.monotonic():
                    _, _, tap, frame = heapq.heappop(self.queue)
                    with contextlib.suppress(OSError):
                        os.write(tap, frame)

    def take(self, source, frame):
        self.addresses[frame[6:12]] = source
        known = self.addresses.get(frame[0:6])
        for tap in [known] if known is not None else self.taps:
            lost = self.loss and self.random.random() < self.loss
            if tap != source and not lost and not {self.taps[tap], self.taps[source]} & self.cut:
                self.frames += 1
                self.bytes += len(frame)
                self.count += 1
                heapq.heappush(self.queue, (time.monotonic() + self.delay, self.count, tap, frame))

    def close(self):
        self.stopping = True
        self.join()
        for tap, name in self.taps.items():
            os.close(tap)
            subprocess.run(["ip", "netns", "del", name], check=False)


def address(index):
    return f"10.77.0.{index + 1}"


class Hosts:
    """A founder of the cluster, a learner's host, workers' hosts and spare ones, with what runs on them."""

    def __init__(self, workers, spare, folder):
        self.spare = [f"rl-worker{i}" for i in range(workers + spare)]
        self.names = ["rl-founder", "rl-learner", *self.spare]
        self.folder = folder
        self.processes = {}
        self.live = []
        self.secret = os.path.join(folder, "secret")
        with open(os.open(self.secret, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write("a secret of the hosts")
        self.switch = Switch(self.names)
        self.switch.start()
        self.worker("rl-founder", cores=0)
        for _ in range(workers):
            self.join()

    def start(self, name, *words):
        host = ["--host", address(self.names.index(name)), "--secret", self.secret]
        with open(os.path.join(self.folder, f"{name}.log"), "ab") as log:
            return subprocess.Popen(
                ["ip", "netns", "exec", name, os.path.join(ROOT, "rl"), *words, *host],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
            )

    def worker(self, name, cores=1):
        place = f"{address(0)}:{PORT}"
        self.processes[name] = self.start(name, "worker", "--join", place, "--cores", str(cores))

    def join(self):
        """Has a worker on a host that had none."""
        name = self.spare.pop(0)
        self.live.append(name)
        self.worker(name)

    def leave(self):
        """Takes the oldest worker out of those that are counted on."""
        return self.live.pop(0)

    def kill(self, name):
        os.killpg(self.processes.pop(name).pid, signal.SIGKILL)

    def retire(self, count):
        """Asks the oldest workers to leave until there are so many."""
        while len(self.live) > count:
            os.killpg(self.processes[self.leave()].pid, signal.SIGTERM)

    def train(self, *words):
        process = self.start("rl-learner", *words, "--cluster", f"{address(0)}:{PORT}")
        self.processes["rl-learner"] = process
        return process

    def close(self):
        """Returns how many processes had to be killed, as they did not end within ten seconds."""
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        slow = 0
        for process in self.processes.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                slow += 1
                os.killpg(process.pid, signal.SIGKILL)
        self.switch.close()
        return slow


def healed(hosts):
    """Cuts a worker off for fifteen seconds."""
    hosts.switch.cut.add(hosts.live[0])
    time.sleep(15)
    hosts.switch.cut.clear()


def halves(hosts):
    """Cuts all workers off together, so that the learner is left with the founder, for fifteen seconds."""
    hosts.switch.cut.update(hosts.live)
    time.sleep(15)
    hosts.switch.cut.clear()


def lost(hosts):
    """Cuts a worker off for good; another machine joins."""
    hosts.switch.cut.add(hosts.leave())
    hosts.join()


def killed(hosts):
    """Kills a worker; another machine joins."""
    hosts.kill(hosts.leave())
    hosts.join()


def late(hosts):
    """Another machine joins in the middle."""
    hosts.join()


# what happens in the middle of the run, the delay of each frame in seconds, the share of frames that is lost
CONDITIONS = {
    "undisturbed": (None, 0, 0),
    "200 ms": (None, 0.1, 0),
    "2 % lost": (None, 0.001, 0.02),
    "a worker joins late": (late, 0, 0),
    "a worker is killed": (killed, 0, 0),
    "a worker is cut off for 15 s": (healed, 0, 0),
    "all workers are cut off for 15 s": (halves, 0, 0),
    "a worker is cut off for good": (lost, 0, 0),
}


def trains(run):
    """Whether a run has taken steps; it tells every second."""
    with contextlib.suppress(OSError):
        with open(os.path.join(run, "timing.csv")) as file:
            return sum(1 for _ in file) > 1
    return False


def run(folder, conditions, workers, learners):
    """Trains the learners under the conditions, one after the other on the same hosts; yields a line of the table for each."""
    hosts = Hosts(workers, len(conditions) * len(learners), folder)
    try:
        for condition in conditions:
            event, hosts.switch.delay, hosts.switch.loss = CONDITIONS[condition]
            for learner in learners:
                name = f"{learner}-{workers}-{list(CONDITIONS).index(condition)}"
                shutil.rmtree(os.path.join(folder, name), ignore_errors=True)
                sent, began = hosts.switch.bytes, time.monotonic()
                process = hosts.train("train", *LEARNERS[learner], *BRIEF, "--out", os.path.join(folder, name))
                early = False
                if event:
                    while process.poll() is None and not trains(os.path.join(folder, name)):
                        time.sleep(0.02)
                    early = process.poll() is not None
                    event(hosts)
                same = process.wait(900) == 0 and all(
                    filecmp.cmp(os.path.join(folder, name, file), os.path.join(folder, learner, file), shallow=False)
                    for file in ("metrics.csv", "learner.state")
                )
                hosts.retire(workers)
                sent, seconds = (hosts.switch.bytes - sent) / int(LEARNERS[learner][-1]), time.monotonic() - began
                equal = "ended before anything happened" if early else "equal" if same else "different"
                yield same and not early, f"| {learner} | {condition} | {workers} | {equal} | {seconds:.0f} | {sent:.0f} |"
    finally:
        slow = hosts.close()
        if slow:
            yield False, f"{slow} processes did not end within ten seconds"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=CONDITIONS)
    parser.add_argument("--learners", default=",".join(LEARNERS))
    parser.add_argument("--workers", default="1,2,3,5")
    parser.add_argument("--out", help="keeps the runs and logs; runs of one process that are there already are used")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))
    folder = arguments.out or tempfile.mkdtemp(prefix="hosts-")
    os.makedirs(folder, exist_ok=True)
    learners = arguments.learners.split(",")
    subprocess.run([os.path.join(ROOT, "rl"), "cluster", "--help"], stdout=subprocess.DEVNULL, check=True)
    for learner in learners:
        if os.path.exists(os.path.join(folder, learner, "learner.state")):
            continue
        shutil.rmtree(os.path.join(folder, learner), ignore_errors=True)
        command = [os.path.join(ROOT, "rl"), "train", *LEARNERS[learner], *BRIEF, "--out", os.path.join(folder, learner)]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    print("| learner | condition | workers | files | seconds | bytes sent per step |")
    print("|---|---|--:|---|--:|--:|", flush=True)
    failures = 0
    for workers in map(int, arguments.workers.split(",")):
        for same, line in run(folder, arguments.only or list(CONDITIONS), workers, learners):
            failures += not same
            print(line, flush=True)
    sys.exit(f"{failures} failures" if failures else 0)


if __name__ == "__main__":
    main()
