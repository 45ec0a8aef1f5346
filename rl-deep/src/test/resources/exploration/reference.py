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


def orthogonal(rng, rows, columns):
    """Makes columns, or rows if they are fewer, orthogonal with length √2, from Gaussian vectors."""
    vectors = np.empty((min(rows, columns), max(rows, columns)))
    for i in range(len(vectors)):
        vectors[i] = rng.standard_normal(vectors.shape[1])
        for _ in range(2):
            for j in range(i):
                vectors[i] -= vectors[i] @ vectors[j] * vectors[j]
        vectors[i] /= np.linalg.norm(vectors[i])
    return math.sqrt(2) * (vectors.T if columns <= rows else vectors)


def network(rng):
    """Draws an orthogonal hidden layer without biases, and outputs uniformly within ±1/√inputs."""
    bound = 1 / math.sqrt(HIDDEN)
    hidden = orthogonal(rng, OBSERVATION, HIDDEN)
    outputs = [rng.uniform(-bound, bound, shape) for shape in [(HIDDEN, FEATURES), FEATURES]]
    return [torch.tensor(rounded(numbers), requires_grad=True) for numbers in [hidden, np.zeros(HIDDEN), *outputs]]


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
for step, paid in enumerate(rewards):
    seen = observations[: step + 1].reshape(-1, OBSERVATION)
    x = torch.tensor(((observations[step] - seen.mean(0)) / np.sqrt(seen.var(0) + 1e-8)).clip(-5, 5))
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
