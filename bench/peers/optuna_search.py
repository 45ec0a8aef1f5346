"""How low Optuna's TPE gets on the functions of `./rl bench search`, with as many trials and studies.

    python bench/peers/optuna_search.py --out bench-reports      four minutes
    ./rl bench search --out bench-reports

The last function is real: q-learning on Taxi-v4, trained and judged by `./rl bench search --answer
taxi`. The best value of each study goes to OUT/search/optuna.json, beside which the command sets ours.
"""

import argparse
import contextlib
import json
import math
import pathlib
import statistics
import subprocess

import peers

optuna = peers.needed("optuna", "Optuna")

ROOT = pathlib.Path(__file__).resolve().parents[2]


def uniform(name, low, high):
    return lambda trial: trial.suggest_float(name, low, high)


def reals(count, low, high):
    return [uniform(f"x{i}", low, high) for i in range(count)]


def sphere(*x):
    return sum((each - 1) ** 2 for each in x)


def rosenbrock(*x):
    return sum(100 * (b - a * a) ** 2 + (1 - a) ** 2 for a, b in zip(x, x[1:]))


def branin(x, y):
    valley = y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6
    return valley**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


HEIGHT = (1, 1.2, 3, 3.2)
NARROWNESS = (
    (10, 3, 17, 3.5, 1.7, 8),
    (0.05, 10, 17, 0.1, 8, 14),
    (3, 3.5, 1.7, 10, 17, 8),
    (17, 8, 0.05, 10, 0.1, 14),
)
PEAK = (
    (0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886),
    (0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991),
    (0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650),
    (0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381),
)


def hartmann(*x):
    return -sum(
        height * math.exp(-sum(a * (each - p) ** 2 for each, a, p in zip(x, narrowness, peak)))
        for height, narrowness, peak in zip(HEIGHT, NARROWNESS, PEAK)
    )


def rastrigin(*x):
    return sum(each * each - 10 * math.cos(2 * math.pi * each) + 10 for each in x)


def mixed(rate, units, kind, shape, x):
    return (
        (math.log10(rate) + 3) ** 2
        + (units - 6) ** 2 / 4
        + (0 if kind == "b" else 1)
        + (0 if shape == "r" else 1)
        + (x - 1) ** 2 / 4
    )


# The parameters of q-learning, as its search space has them, on Taxi-v4.
TAXI = [
    lambda trial: trial.suggest_float("step_size", 0.01, 1, log=True),
    lambda trial: 1 - trial.suggest_float("missing_from_gamma", 0.001, 0.2, log=True),
    uniform("final_epsilon", 0, 0.2),
    uniform("exploration_percent", 1, 100),
]


class Trained:
    """A function that Bellman's own command evaluates."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, *x, judge=False):
        line = " ".join(map(repr, x))
        self.process.stdin.write(f"judge {line}\n" if judge else f"{line}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


# The parameters, the function, and a point where its value is known.
FUNCTIONS = {
    "sphere": (reals(5, -5, 5), sphere, (1,) * 5, 0),
    "rosenbrock": (reals(4, -5, 10), rosenbrock, (1,) * 4, 0),
    "branin": ([uniform("x0", -5, 10), uniform("x1", 0, 15)], branin, (math.pi, 2.275), 0.397887),
    "hartmann": (
        reals(6, 0, 1),
        hartmann,
        (0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573),
        -3.32237,
    ),
    "rastrigin": (reals(3, -5.12, 5.12), rastrigin, (0,) * 3, 0),
    "mixed": (
        [
            lambda trial: trial.suggest_float("rate", 1e-5, 1, log=True),
            lambda trial: trial.suggest_int("units", 1, 8),
            lambda trial: trial.suggest_categorical("kind", ["a", "b"]),
            lambda trial: trial.suggest_categorical("shape", ["p", "q", "r"]),
            uniform("x", -5, 5),
        ],
        mixed,
        (1e-3, 6, "b", "r", 1),
        0,
    ),
}


def search(parameters, function, seed, trials):
    """A study."""
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(multivariate=True, seed=seed))

    def evaluate(trial):
        x = [suggest(trial) for suggest in parameters]
        trial.set_user_attr("x", x)
        return function(*x)

    study.optimize(evaluate, n_trials=trials)
    return study


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--out", default="bench-reports", help="the folder of the reports")
parser.add_argument("--studies", type=int, default=20, help="from the seeds 0, 1, 2, ...")
parser.add_argument("--trials", type=int, default=100, help="of each study")
parser.add_argument("--rl", default=str(ROOT / "rl"), help="the command line of Bellman")
options = parser.parse_args()

optuna.logging.set_verbosity(optuna.logging.WARNING)
results = {}
for name, (parameters, function, point, value) in FUNCTIONS.items():
    if not math.isclose(function(*point), value, abs_tol=1e-5):
        raise AssertionError(f"{name} at {point} must be {value}, was {function(*point)}")
    results[name] = [
        search(parameters, function, seed, options.trials).best_value
        for seed in range(options.studies)
    ]
    print(f"{name}: median {statistics.median(results[name]):.4g}", flush=True)

with contextlib.closing(Trained([*options.rl.split(), "bench", "search", "--answer", "taxi"])) as taxi:
    studies = [search(TAXI, taxi, seed, options.trials) for seed in range(options.studies)]
    results["taxi"] = [taxi(*study.best_trial.user_attrs["x"], judge=True) for study in studies]
print(f"taxi: median {statistics.median(results['taxi']):.4g}")

folder = pathlib.Path(options.out) / "search"
folder.mkdir(parents=True, exist_ok=True)
file = folder / "optuna.json"
document = {
    "format": "bellman-search",
    "version": 1,
    "sampler": f"Optuna {optuna.__version__}, TPE",
    "studies": options.studies,
    "trials": options.trials,
    "best": results,
}
file.write_text(json.dumps(document, indent=2) + "\n")
print(f"written: {file}")
