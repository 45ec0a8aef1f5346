"""Throughput of a cluster whose simulators only sleep, so that one machine can stand for many.

Starts worker processes, each of which offers several cores, and trains on them. A step of an environment sleeps (`Sleep.java`, a
plugin that this script compiles); the environments of a core take their steps one after the other. Speeds and processor times
are measured after the first half of the run, when most code has been compiled, and speeds compared with what the simulators could do
if nothing else took time. First, threads of as many processes only sleep: what this machine can reach at all. Needs Linux, root
(for a loopback interface of its own, whose bytes are counted), util-linux and a build with a cluster (`./rl` makes it).

    sudo python3 bench/cluster/sleepers.py [--cores 1,16,64] [--slow 4] [--learner 'a2c --set n_steps=32' ...]
"""

import argparse
import contextlib
import csv
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PLACE = "127.0.0.1:2551"
RL = os.path.join(ROOT, "rl")


def plugin(folder, jdk):
    """Compiles Sleep.java; returns the jar and the class path that it needs."""
    state = os.path.join(ROOT, "build", "rl-cluster")
    with open(os.path.join(state, "current")) as file:
        libraries = os.path.join(state, file.read().strip(), "lib", "*")
    classes, jar = os.path.join(folder, "classes"), os.path.join(folder, "sleep.jar")
    source = os.path.join(ROOT, "bench", "cluster", "Sleep.java")
    subprocess.run([f"{jdk}/bin/javac", "-proc:none", "-cp", libraries, "-d", classes, source], check=True)
    os.makedirs(os.path.join(classes, "META-INF", "services"))
    with open(os.path.join(classes, "META-INF", "services", "org.bellmanrl.api.registry.Catalogue"), "w") as file:
        file.write("bench.Sleep$Offered\n")
    subprocess.run([f"{jdk}/bin/jar", "--create", "--file", jar, "-C", classes, "."], check=True)
    return jar, libraries


def find_jdk():
    """The JDK that `./rl` runs on."""
    find = f'. "{ROOT}/etc/find-jdk.sh"; find_jdk && echo "$JDK"'
    return subprocess.run(["bash", "-c", find], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def processor_seconds(pid):
    """The processor time that a process has used."""
    with open(f"/proc/{pid}/stat") as file:
        words = file.read().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def received():
    """The bytes that the loopback interface has carried."""
    with open("/proc/net/dev") as file:
        return next(int(line.split()[1]) for line in file if line.split()[0] == "lo:")


class Machines:
    """Worker processes; the first founds the cluster."""

    def __init__(self, folder, jar, cores, each, slow):
        self.folder, self.jar, self.processes = folder, jar, []
        self.linear = cores - min(each, cores) * (1 - 1 / slow)
        for i, start in enumerate(range(0, cores, each)):
            factor = slow if i == 0 else 1
            words = ["worker", "--join", PLACE, "--cores", str(min(each, cores - start))]
            self.processes.append(self.start(f"worker{i}", factor, words))
            if i == 0:
                self.wait(f"worker{i}")
        for i in range(len(self.processes)):
            self.wait(f"worker{i}")

    def start(self, name, factor, words):
        with open(self.log(name), "w") as log:
            environment = {**os.environ, "RL_PLUGINS": self.jar, "SLEEP_FACTOR": str(factor)}
            return subprocess.Popen([RL, *words], env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def log(self, name):
        return os.path.join(self.folder, f"{name}.log")

    def wait(self, name):
        while "has joined" not in open(self.log(name)).read():
            time.sleep(0.1)

    def train(self, words, out):
        """Trains on the workers.

        Returns steps per second, the processor time of a step on the learner and on the workers in microseconds, bytes per step, and
        the learner's word on its waiting.
        """
        before = received()
        command = ["train", *words, "--cluster", PLACE, "--eval-episodes", "1", "--out", out]
        learner = self.start("learner", 0, command)
        timing, samples = os.path.join(out, "timing.csv"), [(0, 0.0, 0.0, 0.0)]
        while learner.poll() is None:
            time.sleep(0.2)
            with contextlib.suppress(OSError, IndexError, KeyError, TypeError):
                with open(timing) as file:
                    row = list(csv.DictReader(file))[-1]
                if int(row["step"]) > samples[-1][0]:
                    workers = sum(processor_seconds(worker.pid) for worker in self.processes)
                    samples.append((int(row["step"]), float(row["seconds"]), processor_seconds(learner.pid), workers))
        if learner.returncode != 0:
            sys.exit(open(self.log("learner")).read())
        sent = received() - before
        first, last = next(sample for sample in samples if sample[0] >= samples[-1][0] / 2), samples[-1]
        steps, seconds, *processors = (end - begin for begin, end in zip(first, last))
        said = re.search(r"waited for them (\d+)% of the time, ([\d.,]+) ms a round", open(self.log("learner")).read())
        return steps / seconds, *(1e6 * each / steps for each in processors), sent / last[0], said

    def close(self):
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            process.wait()


def bare(jdk, path, cores, each, rows, millis):
    """The steps per second of threads that only sleep, as the cores of a cluster do."""
    command = [f"{jdk}/bin/java", "-XX:+UseSerialGC", "-cp", path, "bench.Sleep$Bare"]
    numbers = [[str(min(each, cores - start)), str(rows), str(millis), "10"] for start in range(0, cores, each)]
    processes = [subprocess.Popen([*command, *each], stdout=subprocess.PIPE, text=True) for each in numbers]
    return sum(float(process.communicate()[0]) for process in processes)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cores", default="1,16,64", help="simulated cores of all workers together")
    parser.add_argument("--each", type=int, default=4, help="simulated cores of a worker process")
    parser.add_argument("--rows", type=int, default=4, help="environments for each core")
    parser.add_argument("--millis", type=float, default=5, help="how long a step takes")
    parser.add_argument("--spread", type=float, default=0, help="the share of that which is exponentially distributed")
    parser.add_argument("--slow", type=float, default=1, help="how many times slower the first worker's simulators are")
    parser.add_argument("--seconds", type=float, default=60, help="about how long a run sleeps")
    parser.add_argument("--learner", action="append", help="a learner and its options; may be repeated")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))
    if "SLEEPERS" not in os.environ:
        os.environ["SLEEPERS"] = "1"
        os.execvp("unshare", ["unshare", "--net", sys.executable, *sys.argv])
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    subprocess.run([RL, "cluster", "--help"], stdout=subprocess.DEVNULL, check=True)
    print("| learner | cores | environments | steps/s | of linear | waiting | ms a round | processor µs a step: learner | workers | bytes a step |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        jdk = find_jdk()
        jar, libraries = plugin(folder, jdk)
        for cores in map(int, arguments.cores.split(",")):
            rate = bare(jdk, f"{jar}:{libraries}", cores, arguments.each, max(1, arguments.rows // 2), arguments.millis)
            share = f"{100 * rate / cores * arguments.millis / 1000:.0f} %"
            print(f"| threads that only sleep | {cores} | | {rate:.0f} | {share} | | | | | |", flush=True)
            machines = Machines(folder, jar, cores, arguments.each, arguments.slow)
            with contextlib.closing(machines):
                for learner in arguments.learner or ["a2c --set n_steps=32"]:
                    rows = cores * arguments.rows
                    name, *options = learner.split()
                    steps = int(arguments.seconds * 1000 / arguments.millis * cores)
                    words = [name, "CartPole-v1", "--envs", str(rows), "--steps", str(steps), *options]
                    words += ["--wrap", f"bench/sleep:millis={arguments.millis},spread={arguments.spread}"]
                    out = os.path.join(folder, f"{cores}-{len(os.listdir(folder))}")
                    rate, learners, workers, sent, said = machines.train(words, out)
                    share = f"{100 * rate / machines.linear * arguments.millis / 1000:.0f} %"
                    print(
                        f"| `{learner}` | {cores} | {rows} | {rate:.0f} | {share} | {said[1]} % | {said[2]} |"
                        f" {learners:.1f} | {workers:.1f} | {sent:.0f} |",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
