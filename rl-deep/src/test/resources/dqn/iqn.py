"""Computes the loss of an implicit quantile network and its gradient by PyTorch's autograd in double precision.

Writes iqn.json beside this script: parameters and batch, and what they lead to. Fractions are drawn from NumPy's
generator, first those of the target. Needs torch and numpy: python iqn.py
"""

import json
import pathlib

import numpy as np
import torch

ROWS, OBSERVATION, ACTIONS = 3, 3, 3
PSI, HIDDEN, COSINES = 6, 5, 7
N, NEXT, K = 4, 3, 2
RISK_LEVEL = 0.5
SEED = 11


def shortest(numbers):
    """Returns float32 numbers with the fewest digits that read back."""
    return [float(str(x)) for x in np.asarray(numbers).astype(np.float32).ravel()]


def rounded(numbers):
    return torch.tensor(numbers.astype(np.float32).astype(np.float64))


def parameters(rng):
    shapes = [(OBSERVATION, PSI), (PSI,), (COSINES, PSI), (PSI,), (PSI, HIDDEN), (HIDDEN,), (HIDDEN, ACTIONS), (ACTIONS,)]
    return [rounded(rng.normal(0, 0.6, shape)).requires_grad_() for shape in shapes]


def quantiles(net, observations, tau):
    """Returns rows × fractions × actions."""
    w_psi, b_psi, w_phi, b_phi, w_f, b_f, w_out, b_out = net
    psi = torch.tanh(observations @ w_psi + b_psi)
    phi = torch.relu(torch.cos(torch.pi * torch.arange(COSINES, dtype=torch.float64) * tau[..., None]) @ w_phi + b_phi)
    hidden = torch.tanh((psi[:, None, :] * phi) @ w_f + b_f)
    return hidden @ w_out + b_out


def main():
    rng = np.random.default_rng(3)
    online, target = parameters(rng), parameters(rng)
    observations, following = (rounded(rng.uniform(-1, 1, (ROWS, OBSERVATION))) for _ in range(2))
    rewards, weights = rounded(rng.uniform(-2, 2, ROWS)), rounded(rng.uniform(0.3, 1, ROWS))
    bootstraps = rounded(np.array([0.9, 0.5, 0.0]))
    taken = torch.tensor([1, 0, 2])
    allowed = torch.tensor([[True, False, True], [True, True, True], [False, True, True]])

    noise = np.random.default_rng(SEED)
    tau_next = torch.tensor(noise.random((ROWS, NEXT)))
    tau = torch.tensor(noise.random((ROWS, N)))
    tau_policy = (RISK_LEVEL * (torch.arange(K, dtype=torch.float64) + 0.5) / K).expand(ROWS, K)

    values = quantiles(target, following, tau_policy).mean(1)
    best = values.masked_fill(~allowed, -torch.inf).argmax(1)
    next_quantiles = quantiles(target, following, tau_next)[torch.arange(ROWS), :, best]
    y = (rewards[:, None] + bootstraps[:, None] * next_quantiles).detach()
    theta = quantiles(online, observations, tau)[torch.arange(ROWS), :, taken]
    u = y[:, None, :] - theta[:, :, None]
    huber = torch.where(u.abs() <= 1, 0.5 * u**2, u.abs() - 0.5)
    rows = ((tau[:, :, None] - (u < 0).double()).abs() * huber).mean(2).sum(1)
    loss = (weights * rows).mean()
    gradients = torch.autograd.grad(loss, online)

    page = {
        "online": [shortest(p.detach()) for p in online],
        "target": [shortest(p.detach()) for p in target],
        "observations": shortest(observations),
        "next_observations": shortest(following),
        "rewards": shortest(rewards),
        "weights": shortest(weights),
        "bootstraps": shortest(bootstraps),
        "actions": taken.tolist(),
        "next_mask": allowed.ravel().tolist(),
        "loss": loss.item(),
        "errors": (theta.mean(1) - y.mean(1)).tolist(),
        "gradients": [[float(f"{x:.8g}") for x in g.ravel()] for g in gradients],
    }
    path = pathlib.Path(__file__).with_name("iqn.json")
    path.write_text(json.dumps(page, separators=(",", ":")) + "\n")


main()
