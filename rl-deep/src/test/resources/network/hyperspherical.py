"""Computes a loss of a network on the unit sphere (SimbaV2) and its gradients by PyTorch's autograd in double precision.

Writes hyperspherical.json beside this script: parameters and batch, the loss and its gradients, and the parameters after
a step of stochastic gradient descent and the projection that follows it. Needs torch and numpy: python hyperspherical.py
"""

import json
import math
import pathlib

import numpy as np
import torch

ROWS, INPUTS, UNITS, WIDTH, OUTPUTS = 6, 3, 5, 10, 2
SHIFT, ALPHA, RATE = 3.0, 0.4, 0.1


def shortest(numbers):
    """Returns float32 numbers with the fewest digits that read back."""
    return [float(str(x)) for x in np.asarray(numbers).astype(np.float32).ravel()]


def unit(x, dim):
    return x / x.norm(dim=dim, keepdim=True)


def main():
    rng = np.random.default_rng(4)

    def numbers(low, high, *shape):
        return torch.tensor(rng.uniform(low, high, shape).astype(np.float32).astype(np.float64))

    def weights(inputs, units):
        return torch.tensor(unit(numbers(-1, 1, inputs, units), 0).numpy().astype(np.float32).astype(np.float64))

    parameters = {
        "0/weights": weights(INPUTS + 1, UNITS),
        "0/scale": numbers(0.3, 1, UNITS),
        "1/wider_weights": weights(UNITS, WIDTH),
        "1/scale": numbers(0.3, 1, WIDTH),
        "1/narrower_weights": weights(WIDTH, UNITS),
        "1/alpha": numbers(0.2, 0.6, UNITS),
        "2/weights": numbers(-1, 1, UNITS, OUTPUTS),
        "2/bias": numbers(-1, 1, OUTPUTS),
    }
    for parameter in parameters.values():
        parameter.requires_grad_()
    w_in, s_in, w_up, s_up, w_down, alpha, w_out, b_out = parameters.values()
    observations, targets = numbers(-2, 2, ROWS, INPUTS), numbers(-1, 1, ROWS, OUTPUTS)

    shifted = unit(torch.cat([observations, torch.full((ROWS, 1), SHIFT)], 1), 1)
    x = unit(s_in * (shifted @ w_in), 1)
    z = unit(torch.relu(s_up * (x @ w_up)) @ w_down, 1)
    x = unit(x + alpha * ALPHA * math.sqrt(UNITS) * (z - x), 1)
    outputs = x @ w_out + b_out
    loss = 0.5 * ((outputs - targets) ** 2).sum() / ROWS
    gradients = torch.autograd.grad(loss, list(parameters.values()))

    page = {
        "observations": shortest(observations),
        "targets": shortest(targets),
        "parameters": [shortest(p.detach()) for p in parameters.values()],
        "loss": loss.item(),
        "gradients": [g.flatten().tolist() for g in gradients],
        "after": [],
    }
    for (name, parameter), gradient in zip(parameters.items(), gradients):
        moved = (parameter - RATE * gradient).detach()
        on_sphere = name in ("0/weights", "1/wider_weights", "1/narrower_weights")
        page["after"].append((unit(moved, 0) if on_sphere else moved).flatten().tolist())
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(page, separators=(",", ":")) + "\n")


main()
