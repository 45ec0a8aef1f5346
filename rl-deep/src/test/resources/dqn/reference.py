"""Computes updates of the learners of action values by PyTorch's autograd and optimisers, in double precision.

Writes a JSON file per case beside this script: what the updates begin with, and the losses, gradients and parameters
that they lead to. What is random is drawn from NumPy's generator as the learners' streams define it.
Needs torch and numpy: python reference.py
"""

import pathlib
import sys

import numpy as np
import torch

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from nets import Dense, Dueling, Net, digits, listed, masks, played, rounded, shortest, shown, stream, write

ROWS, OBSERVATION, ACTIONS, START = 7, 3, 3, 5
UPDATES, RATE, LARGEST_NORM = 2, 0.02, 0.3
LEARNER = 2  # the stream of what updates draw


def huber(u):
    return torch.where(u.abs() <= 1, 0.5 * u**2, u.abs() - 0.5)


def best(values, allowed):
    return values.masked_fill(~allowed, -torch.inf).argmax(-1)


# The losses of rows: each returns them, and the values of what was done. A batch is (R, γ, taken, masks of S and S').


def quantile_regression(theta, tau, y):
    u = y[:, None, :] - theta[:, :, None]
    return ((tau[..., None] - (u < 0).double()).abs() * huber(u)).mean(2).sum(1)


class Quantiles:
    """Outputs are quantiles at midpoints."""

    def __init__(self, n):
        self.n = n

    def split(self, outputs):
        return outputs.reshape(-1, ACTIONS, self.n)

    def rows(self, batch, values, following, choosing):
        r, bootstrap, taken, _, allowed = batch
        each = torch.arange(len(r))
        chosen = best(self.split(choosing).mean(2), allowed)
        y = r[:, None] + bootstrap[:, None] * self.split(following)[each, chosen]
        theta = self.split(values)[each, taken]
        tau = ((torch.arange(self.n, dtype=torch.float64) + 0.5) / self.n).expand(len(r), -1)
        return quantile_regression(theta, tau, y), theta.mean(1), theta.mean(1) - y.mean(1)


class Categories:
    """Outputs are logits of atoms."""

    def __init__(self, atoms, low, high):
        self.low, self.high = low, high
        self.support = torch.linspace(low, high, atoms, dtype=torch.float64)

    def split(self, outputs):
        return outputs.reshape(-1, ACTIONS, len(self.support))

    def rows(self, batch, values, following, choosing):
        r, bootstrap, taken, _, allowed = batch
        each = torch.arange(len(r))
        chosen = best(self.split(choosing).softmax(2) @ self.support, allowed)
        probabilities = self.split(following)[each, chosen].softmax(1)
        moved = (r[:, None] + bootstrap[:, None] * self.support).clamp(self.low, self.high)
        spacing = (self.high - self.low) / (len(self.support) - 1)
        shares = (1 - (moved[:, None, :] - self.support[None, :, None]).abs() / spacing).clamp(min=0)
        m = (shares * probabilities[:, None, :]).sum(2)
        logits = self.split(values)[each, taken]
        losses = -(m * logits.log_softmax(1)).sum(1)
        return losses, logits.softmax(1) @ self.support, losses


class Munchausen:
    """Outputs are values, under the soft policy of the target network."""

    def __init__(self, temperature, alpha, least):
        self.temperature, self.alpha, self.least = temperature, alpha, least

    def rows(self, batch, values, following, present):
        r, bootstrap, taken, now, allowed = batch
        each = torch.arange(len(r))
        tau = self.temperature
        log_pi = (present / tau).masked_fill(~now, -torch.inf).log_softmax(1)
        log_next = (following / tau).masked_fill(~allowed, -torch.inf).log_softmax(1)
        soft = (log_next.exp() * (following - tau * log_next.masked_fill(~allowed, 0))).sum(1)
        y = r + self.alpha * (tau * log_pi[each, taken]).clamp(self.least, 0) + bootstrap * soft
        q = values[each, taken]
        return huber(q - y), q, q - y


class ImplicitNet(Net):
    """f(ψ(s) ⊙ φ(τ)): rows × fractions × actions."""

    def __init__(self, rng, cosines, dueling):
        self.psi = Dense(rng, OBSERVATION, 6, "tanh")
        self.phi = Dense(rng, cosines, 6, "relu")
        self.f = [Dense(rng, 6, 5, "tanh"), Dense(rng, 5, ACTIONS + dueling, "none")]
        self.f += [Dueling(ACTIONS, 1)] if dueling else []
        self.layers = [self.psi, self.phi, *self.f]
        self.multiples = torch.pi * torch.arange(cosines, dtype=torch.float64)

    def __call__(self, observations, tau):
        x = self.psi(observations)[:, None, :] * self.phi(torch.cos(self.multiples * tau[..., None]))
        for layer in self.f:
            x = layer(x)
        return x


def transitions(rng):
    """Draws a batch: what a page says of it, and the same as tensors."""
    observations, following = shown(rng, ROWS, OBSERVATION), shown(rng, ROWS, OBSERVATION)
    rewards, weights = rounded(rng.uniform(-2, 2, ROWS)), rounded(rng.uniform(0.3, 1, ROWS))
    bootstraps = rounded(rng.uniform(0.5, 1, ROWS))
    bootstraps[3] = 0  # a terminal transition
    now, allowed = masks(rng, ROWS, ACTIONS), masks(rng, ROWS, ACTIONS)
    taken = np.array([rng.choice(np.flatnonzero(mask)) for mask in now])
    page = {
        "observations": shortest(observations),
        "next_observations": shortest(following),
        "actions": (START + taken).tolist(),
        "rewards": shortest(rewards),
        "bootstraps": shortest(bootstraps),
        "weights": shortest(weights),
        "mask": now.ravel().tolist(),
        "next_mask": allowed.ravel().tolist(),
    }
    batch = tuple(torch.tensor(x) for x in (rewards, bootstraps, taken, now, allowed))
    return page, torch.tensor(observations), torch.tensor(following), torch.tensor(weights), batch


def update(online, optimizer, losses, values, weights):
    """Takes a step of Adam along clipped gradients, and returns what the learner reports of it."""
    loss = (weights * losses).mean()
    gradients = online.gradients(loss)
    optimizer.zero_grad()
    loss.backward()
    norm = torch.nn.utils.clip_grad_norm_(online.learned, LARGEST_NORM)
    optimizer.step()
    metrics = {"loss": loss.item(), "mean_value": values.mean().item(), "gradient_norm": norm.item()}
    return {"metrics": metrics, "gradients": gradients}


def replayed(name, options, make, look):
    """Writes a page of updates from one batch.

    `make` makes a network of the seeds' generator, `look` returns losses and values of rows.
    """
    rng = np.random.default_rng(3)
    online, target = make(rng), make(rng)
    before = {"online": online.numbers(), "target": target.numbers()}
    page, *inputs, weights, batch = transitions(rng)
    optimizer = torch.optim.Adam(online.learned, lr=RATE)
    noise = stream(LEARNER)
    updates = []
    for _ in range(UPDATES):
        losses, values = look(online, target, *inputs, batch, noise)
        updates.append(update(online, optimizer, losses, values, weights))
    write(
        __file__,
        name,
        {
            "options": {
                "batch_size": str(ROWS), "activation": "tanh", "hidden": "6,5", "max_grad_norm": str(LARGEST_NORM),
                **options,
            },
            "rate": RATE,
            **before,
            **page,
            "updates": updates,
            "after": online.now(),
        },
    )


def plain(outputs, dueling=False):
    def make(rng):
        behind = [Dueling(ACTIONS, outputs)] if dueling else []
        return Net(rng, OBSERVATION, "6,5", (ACTIONS + dueling) * outputs, "tanh", behind=behind)

    return make


def by(kind, double=False):
    """Looks with a loss; what it has third is the output that decides, or for Munchausen that at S."""

    def look(online, target, observations, following, batch, noise):
        with torch.no_grad():
            after = target(following)
            third = online(following) if double else after
            third = target(observations) if isinstance(kind, Munchausen) else third
        return kind.rows(batch, online(observations), after, third)[:2]

    return look


def implicit(n, following_n, k, level):
    def look(online, target, observations, following, batch, noise):
        r, bootstrap, taken, _, allowed = batch
        each = torch.arange(ROWS)
        tau_next = torch.tensor(noise.random((ROWS, following_n)))
        tau = torch.tensor(noise.random((ROWS, n)))
        tau_policy = (level * (torch.arange(k, dtype=torch.float64) + 0.5) / k).expand(ROWS, k)
        with torch.no_grad():
            chosen = best(target(following, tau_policy).mean(1), allowed)
            y = r[:, None] + bootstrap[:, None] * target(following, tau_next)[each, :, chosen]
        theta = online(observations, tau)[each, :, taken]
        return quantile_regression(theta, tau, y), theta.mean(1)

    return look


def one_row():
    """Writes losses of a row by given outputs: the second of three actions was taken."""
    values = [1.983, 1.031, -0.702, -1.903, -1.665, -0.166, 1.458, 1.979, 1.002, -0.733, -1.913, -1.646]
    following = [-0.511, -1.832, -1.767, -0.364, 1.314, 1.998, 1.17, -0.544, -1.846, -1.751, -0.331, 1.339]
    choosing = [-1.852, -0.559, 1.157, 1.997, 1.326, -0.349, -1.759, -1.839, -0.526, 1.184, 1.999, 1.301]
    weight = 0.8
    batch = (
        torch.tensor([0.3], dtype=torch.float64),
        torch.tensor([0.5], dtype=torch.float64),
        torch.tensor([1]),
        torch.tensor([[True, True, False]]),
        torch.tensor([[True, False, True]]),
    )
    page = {"values": values, "following": following, "choosing": choosing}
    kinds = {"quantiles": Quantiles(4), "categories": Categories(4, -2, 4), "munchausen": Munchausen(0.4, 0.9, -1)}
    for name, kind in kinds.items():
        width = ACTIONS if name == "munchausen" else len(values)
        v, f, c = (torch.tensor([x[:width]], dtype=torch.float64) for x in (values, following, choosing))
        v.requires_grad_()
        losses, _, errors = kind.rows(batch, v, f, c)
        loss = weight * losses.sum()
        (gradient,) = torch.autograd.grad(loss, v)
        page[name] = {"loss": loss.item(), "error": errors.item(), "gradient": digits(gradient.numpy())}
    write(__file__, "one_row", page)


def bounded_step(alpha, kappa, error, trace):
    """The step size of algorithm 3 (ObGD)."""
    size = sum(z.abs().sum().item() for z in trace)
    return min(alpha / (alpha * kappa * max(abs(error), 1) * size), alpha)


def pqn():
    """Writes a page of two rollouts, each of which is gone through twice in three minibatches."""
    rows, length, batch_size, epochs, gamma, lam, largest = 2, 6, 4, 2, 0.9, 0.7, 0.2
    hidden = "dense 6 none,layer-norm,5"
    rng = np.random.default_rng(8)
    net = Net(rng, OBSERVATION, hidden, ACTIONS)
    page = {
        "options": {
            "hidden": hidden, "n_steps": str(length), "batch_size": str(batch_size), "n_epochs": str(epochs),
            "gamma": str(gamma), "lambda": str(lam), "max_grad_norm": str(largest), "learning_rate": str(RATE),
        },
        "rows": rows,
        "online": net.numbers(),
    }
    optimizer = torch.optim.RAdam(net.learned, lr=RATE)
    noise = stream(LEARNER)
    steps = list(played(rng, rows, 2 * rows * length, OBSERVATION, ACTIONS))
    for step in steps:
        step["action"] = START + int(rng.choice(np.flatnonzero(step["mask"])))
    page["steps"] = listed(steps)
    page["rollouts"] = []

    def value(observation, mask):
        with torch.no_grad():
            return net(torch.tensor(observation))[torch.tensor(mask)].max().item()

    def returns(trajectory):
        """G of each step, where the last one of an episode or of the rollout goes on with the value alone."""
        first, *rest = trajectory
        after = value(first["next"], first["next_mask"])
        later = returns(rest) if rest else []
        cut = not rest or first["terminated"] or first["truncated"]
        mixed = after if cut else (1 - lam) * after + lam * later[0]
        return [first["reward"] + gamma * first["discount"] * mixed, *later]

    for rollout in range(2):
        seen = steps[rollout * rows * length : (rollout + 1) * rows * length]
        targets = np.zeros(len(seen))
        for row in range(rows):
            targets[row::rows] = returns(seen[row::rows])
        observations = torch.tensor(np.array([step["observation"] for step in seen]))
        taken = torch.tensor([step["action"] - START for step in seen])
        order = np.arange(len(seen))
        means = []
        for _ in range(epochs):
            noise.shuffle(order)
            for at in range(0, len(order), batch_size):
                chosen = torch.tensor(order[at : at + batch_size])
                q = net(observations[chosen]).gather(1, taken[chosen, None])[:, 0]
                loss = 0.5 * ((q - torch.tensor(targets)[chosen]) ** 2).mean()
                optimizer.zero_grad()
                loss.backward()
                norm = torch.nn.utils.clip_grad_norm_(net.learned, largest)
                optimizer.step()
                means.append([loss.item(), q.mean().item(), norm.item()])
        page["rollouts"].append(
            {
                "metrics": dict(zip(["loss", "mean_value", "gradient_norm"], np.mean(means, 0).tolist())),
                "after": net.now(),
            }
        )
    write(__file__, "pqn", page)


def stream_q():
    """Writes a page of single steps in two rows, most of them greedy."""
    rows, alpha, kappa, gamma, lam = 2, 0.8, 2.0, 0.9, 0.8
    hidden = "dense 6 none,layer-norm,dense 5 none,layer-norm"
    rng = np.random.default_rng(9)
    net = Net(rng, OBSERVATION, hidden, ACTIONS, "leaky_relu")
    page = {
        "options": {
            "hidden": hidden, "activation": "leaky_relu", "step_size": str(alpha), "kappa": str(kappa),
            "gamma": str(gamma), "lambda": str(lam),
        },
        "rows": rows,
        "online": net.numbers(),
        "updates": [],
    }
    traces = [[torch.zeros_like(p) for p in net.learned] for _ in range(rows)]
    steps = []
    for step in played(rng, rows, 30, OBSERVATION, ACTIONS):
        q = net(torch.tensor(step["observation"]))
        allowed = torch.tensor(step["mask"])
        greedy = best(q.detach(), allowed).item()
        action = greedy if rng.random() < 0.8 else int(rng.choice(np.flatnonzero(step["mask"])))
        step["action"] = START + action
        steps.append(step)
        trace = traces[step["row"]]
        if step["first"] or action != greedy:
            trace = [torch.zeros_like(z) for z in trace]
        with torch.no_grad():
            following = net(torch.tensor(step["next"]))[torch.tensor(step["next_mask"])].max().item()
        decay = gamma * step["discount"]
        error = step["reward"] + decay * following - q[action].item()
        slopes = torch.autograd.grad(q[action], net.learned)
        trace = [z + slope for z, slope in zip(trace, slopes)]
        rate = bounded_step(alpha, kappa, error, trace)
        with torch.no_grad():
            for p, z in zip(net.learned, trace):
                p += rate * error * z
        traces[step["row"]] = [decay * lam * z for z in trace]
        metrics = {"td_error": abs(error), "mean_value": q[action].item(), "step_size": rate}
        page["updates"].append({"metrics": metrics})
        if len(steps) % 15 == 0:
            page["updates"][-1]["after"] = net.now()
    page["steps"] = listed(steps)
    write(__file__, "stream_q", page)


one_row()
replayed("qr_dqn", {"quantiles": "4"}, plain(4), by(Quantiles(4)))
replayed(
    "qr_dqn_double_dueling", {"quantiles": "4", "double_q": "true", "dueling": "true"}, plain(4, True),
    by(Quantiles(4), double=True),
)
replayed("c51", {"atoms": "5", "v_min": "-1", "v_max": "2"}, plain(5), by(Categories(5, -1, 2)))
replayed(
    "munchausen_dqn", {"temperature": "0.4", "alpha": "0.9", "least_log": "-1"}, plain(1),
    by(Munchausen(0.4, 0.9, -1)),
)
for dueling in (False, True):
    replayed(
        "iqn_dueling" if dueling else "iqn",
        {
            "quantiles": "4", "target_quantiles": "3", "policy_quantiles": "2", "cosines": "7", "risk_level": "0.5",
            "dueling": str(dueling).lower(),
        },
        lambda rng: ImplicitNet(rng, 7, dueling), implicit(4, 3, 2, 0.5),
    )
pqn()
stream_q()
