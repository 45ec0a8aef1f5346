"""Computes the bonuses of random network distillation by PyTorch's autograd and Adam, in double precision.

Writes rnd.json beside this script: what is shown, the options, and the rewards with the bonus. The networks' first
weights are drawn from NumPy's generator as the wrapper's seed defines them. Needs torch and numpy: python reference.py
"""

import math
import pathlib
import sys

import numpy as np
import torch

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from nets import digits, rounded, shortest, shown, write

ROWS, STEPS, OBSERVATION, HIDDEN, FEATURES = 2, 20, 3, 6, 4
SCALE, RATE, GAMMA, SEED = 0.5, 0.01, 0.9, 3


def network(rng):
    """Draws weights and biases uniformly within ±1/√inputs, layer by layer."""
    parameters = []
    for inputs, units in [(OBSERVATION, HIDDEN), (HIDDEN, FEATURES)]:
        bound = 1 / math.sqrt(inputs)
        for shape in [(inputs, units), units]:
            parameters.append(torch.tensor(rounded(rng.uniform(-bound, bound, shape)), requires_grad=True))
    return parameters


def run(parameters, x):
    w, b, w_out, b_out = parameters
    return torch.relu(x @ w + b) @ w_out + b_out


weights = np.random.default_rng(SEED)
fixed, predictor = network(weights), network(weights)
optimizer = torch.optim.Adam(predictor, lr=RATE)
rng = np.random.default_rng(31)
observations = shown(rng, STEPS, ROWS, OBSERVATION)
observations[STEPS // 2 :] = observations[STEPS // 2]  # the same again and again
rewards = rounded(rng.uniform(-1, 1, (STEPS, ROWS)))
sums, every, expected = np.zeros(ROWS), [], []
for x, paid in zip(torch.tensor(observations), rewards):
    errors = ((run(predictor, x) - run(fixed, x).detach()) ** 2).mean(1)
    optimizer.zero_grad()
    errors.mean().backward()
    optimizer.step()
    errors = errors.detach().numpy()
    sums = GAMMA * sums + errors
    every.extend(sums)
    expected.append((paid + SCALE * errors / np.std(every)).tolist())

write(
    __file__,
    "rnd",
    {
        "scale": SCALE,
        "learning_rate": RATE,
        "gamma": GAMMA,
        "features": FEATURES,
        "hidden": HIDDEN,
        "seed": SEED,
        "observations": [[shortest(row) for row in rows] for rows in observations],
        "rewards": [shortest(row) for row in rewards],
        "expected": [digits(row) for row in expected],
    },
)
