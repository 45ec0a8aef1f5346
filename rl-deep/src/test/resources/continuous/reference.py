"""Computes one update of each learner of continuous actions by PyTorch's autograd in double precision.

Writes a JSON file per case beside this script: parameters, batch and options that the update begins with, and the
losses and gradients that it leads to. Noise is drawn from NumPy's generator as the learners' streams define it.
Needs torch and numpy: python reference.py
"""

import json
import math
import pathlib

import numpy as np
import torch

ROWS, OBSERVATION, ACTION = 7, 3, 2
LOW, HIGH = np.array([-2.0, 0.0]), np.array([2.0, 1.0])
HIDDEN = [6, 5]
ALPHA, TARGET_ENTROPY = 0.3, -2.0
QUANTILES, DROPPED = 4, 1
ATOMS, LEAST, LARGEST = 5, -1.0, 2.0
EPSILON, MOMENTUM = 1e-3, 0.1
SEED = 5


def stream(role):
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(SEED, spawn_key=(role, 0))))


def shortest(numbers):
    """Returns float32 numbers with the fewest digits that read back."""
    return [float(str(x)) for x in numbers.astype(np.float32).ravel()]


class Net:
    """Dense layers with ReLU between them; parameters are rounded to float32 first.

    If it is normalised, batch renormalisation stands before each dense layer.
    """

    def __init__(self, rng, inputs, outputs, normalised=False):
        sizes = [inputs, *HIDDEN, outputs]
        self.parameters = []
        self.normalised = normalised
        for m, n in zip(sizes, sizes[1:]):
            if normalised:
                self.add(1 + rng.normal(0, 0.2, m))  # scale
                self.add(rng.normal(0, 0.1, m))  # bias
                self.add(rng.normal(0, 0.3, m), learned=False)  # running mean
                self.add(np.exp(rng.normal(0, 0.3, m)), learned=False)  # running variance
                self.add(np.zeros(1), learned=False)  # passes
            self.add(rng.normal(0, 0.6, (m, n)))
            self.add(rng.normal(0, 0.6, n))

    def add(self, numbers, learned=True):
        numbers = torch.tensor(numbers.astype(np.float32).astype(np.float64), requires_grad=learned)
        self.parameters.append(numbers)

    def __call__(self, x, training=False):
        left = list(self.parameters)
        while left:
            if self.normalised:
                x = self.normalise(x, left[:5], training)
                left = left[5:]
            x = x @ left[0] + left[1]
            left = left[2:]
            x = torch.relu(x) if left else x
        return x

    @staticmethod
    def normalise(x, parameters, training):
        """Renormalises without a warm-up, and lets the running statistics follow."""
        scale, bias, mean, variance, passes = parameters
        deviation = (variance + EPSILON).sqrt()
        if not training:
            return (x - mean) / deviation * scale + bias
        batch_mean, batch_variance = x.mean(0), x.var(0, unbiased=False)
        batch_deviation = (batch_variance + EPSILON).sqrt()
        r = (batch_deviation / deviation).detach().clamp(1 / 3, 3)
        d = ((batch_mean - mean) / deviation).detach().clamp(-5, 5)
        result = ((x - batch_mean) / batch_deviation * r + d) * scale + bias
        with torch.no_grad():
            mean += MOMENTUM * (batch_mean - mean)
            variance += MOMENTUM * (batch_variance - variance)
            passes += 1
        return result

    def numbers(self):
        return [shortest(p.detach().numpy()) for p in self.parameters]

    def gradients(self, loss):
        learned = [p for p in self.parameters if p.requires_grad]
        grads = iter(torch.autograd.grad(loss, learned, retain_graph=True))
        all_of_them = [next(grads) if p.requires_grad else torch.zeros_like(p) for p in self.parameters]
        return [[float(f"{x:.8g}") for x in g.numpy().ravel()] for g in all_of_them]


class ExploringNet(Net):
    """A policy whose noise is linear in its last hidden layer."""

    def __init__(self, rng):
        super().__init__(rng, OBSERVATION, ACTION)
        self.add(rng.normal(-0.5, 0.4, (HIDDEN[-1], ACTION)))  # logarithms of deviations

    def __call__(self, x, training=False):
        """Returns means, variances and noise for the matrix epsilon."""
        *hidden, weights, bias, log_std = self.parameters
        for w, b in zip(hidden[::2], hidden[1::2]):
            x = torch.relu(x @ w + b)
        variance = x**2 @ log_std.exp() ** 2 + 1e-6
        return x @ weights + bias, variance, x @ (log_std.exp() * self.epsilon)


def smallest(q):
    return torch.min(q, dim=0).values


def gaussian(net, observations, epsilon, training=False):
    """Returns squashed actions and the logarithms of their probabilities."""
    if isinstance(net, ExploringNet):
        mean, variance, shift = net(observations)
        normal = torch.distributions.Normal(mean, variance.sqrt())
        u = mean + shift
    else:
        mean, log_std = net(observations, training).split(ACTION, dim=1)
        log_std = log_std.clamp(-20, 2)
        normal = torch.distributions.Normal(mean, log_std.exp())
        u = mean + log_std.exp() * epsilon
    squeeze = 2 * (math.log(2) - u - torch.nn.functional.softplus(-2 * u))
    return torch.tanh(u), (normal.log_prob(u) - squeeze).sum(1)


def case(name, learner, critics, stochastic, options, asked=None, mean=False, quantiles=0, atoms=0, smoothing=False, joint=False, exploring=False):
    rng = np.random.default_rng(17)
    noise = stream(2)
    outputs = max(quantiles, atoms, 1)
    support = torch.linspace(LEAST, LARGEST, max(atoms, 2), dtype=torch.float64)
    policy = Net(rng, OBSERVATION, ACTION * (2 if stochastic else 1), joint)
    if exploring:
        policy = ExploringNet(rng)
        policy.epsilon = torch.tensor(noise.standard_normal((HIDDEN[-1], ACTION)))
    target_policy = Net(rng, OBSERVATION, ACTION) if not stochastic else None
    q = [Net(rng, OBSERVATION + ACTION, outputs, joint) for _ in range(critics)]
    targets = [Net(rng, OBSERVATION + ACTION, outputs) for _ in range(0 if joint else critics)]
    before = {"policy": policy.numbers(), "critics": [net.numbers() for net in q]}

    def draw(low, high, *shape):
        return rng.uniform(low, high, shape).astype(np.float32).astype(np.float64)

    observations, following = draw(-1, 1, ROWS, OBSERVATION), draw(-1, 1, ROWS, OBSERVATION)
    played = LOW + (HIGH - LOW) * draw(0, 1, ROWS, ACTION)
    played = played.astype(np.float32).astype(np.float64)
    rewards = draw(-2, 2, ROWS)
    bootstraps = draw(0.5, 1, ROWS)
    bootstraps[3] = 0  # a terminal transition
    s, s2 = torch.tensor(observations), torch.tensor(following)
    a = torch.tensor((played - (LOW + HIGH) / 2) / ((HIGH - LOW) / 2))
    r, discount = torch.tensor(rewards)[:, None], torch.tensor(bootstraps)[:, None]

    def normals():
        if exploring:
            return None
        return torch.tensor(noise.standard_normal((ROWS, ACTION)))

    with torch.no_grad():
        if stochastic:
            a2, log_probability = gaussian(policy, s2, normals())
        else:
            a2, log_probability = torch.tanh(target_policy(s2)), torch.zeros(ROWS)
        if smoothing:
            a2 = (a2 + (0.2 * normals()).clamp(-0.3, 0.3)).clamp(-1, 1)
        pool = list(targets)
        if asked is not None:
            for j in range(asked):
                other = j + noise.integers(critics - j)
                pool[j], pool[other] = pool[other], pool[j]
            pool = pool[:asked]
        pairs, next_pairs = torch.cat([s, a], 1), torch.cat([s2, a2], 1)
    if joint:
        both = [net(torch.cat([pairs, next_pairs]), training=True) for net in q]
        taken = [x[:ROWS] for x in both]
        z = torch.stack([x[ROWS:].detach() for x in both])
    else:
        taken = [net(pairs) for net in q]
        z = torch.stack([net(next_pairs).detach() for net in pool])
    with torch.no_grad():
        if atoms:
            probabilities = z.softmax(2)
            best = (probabilities @ support).argmin(0)
            probabilities = probabilities[best, torch.arange(ROWS)]
            z = support.expand(ROWS, atoms)
        elif quantiles:
            z = z.permute(1, 0, 2).reshape(ROWS, -1).sort(dim=1).values[:, : critics * (quantiles - DROPPED)]
        else:
            z = smallest(z)
        y = r + discount * (z - ALPHA * log_probability[:, None])
        if atoms:
            distance = (y.clamp(LEAST, LARGEST)[:, None, :] - support[None, :, None]).abs()
            shares = (1 - distance * (atoms - 1) / (LARGEST - LEAST)).clamp(min=0)
            y = (shares * probabilities[:, None, :]).sum(2)

    losses = []
    for outputs in taken:
        if atoms:
            losses.append(-(y * outputs.log_softmax(1)).sum(1).mean())
        elif quantiles:
            u = y[:, None, :] - outputs[:, :, None]
            tau = ((torch.arange(quantiles) + 0.5) / quantiles)[None, :, None]
            huber = torch.where(u.abs() <= 1, 0.5 * u * u, u.abs() - 0.5)
            losses.append(((tau - (u < 0).double()).abs() * huber).mean())
        else:
            losses.append(0.5 * ((outputs - y) ** 2).mean())

    metrics = {"critic_loss": sum(loss.item() for loss in losses)}
    if stochastic:
        chosen, log_probability = gaussian(policy, s, normals(), training=True)
        values = torch.stack([net(torch.cat([s, chosen], 1)) for net in q])
        values = values.softmax(2) @ support if atoms else values.mean(2)
        value = values.mean(0) if mean or quantiles else smallest(values)
        actor_loss = (ALPHA * log_probability - value).mean()
        metrics["entropy"] = -log_probability.mean().item()
        metrics["ent_coef_loss"] = -math.log(ALPHA) * (log_probability.mean().item() + TARGET_ENTROPY)
    else:
        actor_loss = -q[0](torch.cat([s, torch.tanh(policy(s))], 1)).mean()
    metrics["actor_loss"] = actor_loss.item()

    page = {
        "learner": learner,
        "options": {"hidden": ",".join(map(str, HIDDEN)), "batch_size": str(ROWS), **options},
        "observations": shortest(observations),
        "next_observations": shortest(following),
        "actions": shortest(played),
        "rewards": shortest(rewards),
        "bootstraps": shortest(bootstraps),
        **before,
        "target_policy": target_policy.numbers() if target_policy else [],
        "target_critics": [net.numbers() for net in targets],
        "metrics": metrics,
        "policy_gradient": policy.gradients(actor_loss),
        "critic_gradients": [net.gradients(loss) for net, loss in zip(q, losses)],
    }
    if joint:
        page["policy_after"] = policy.numbers()
        page["critics_after"] = [net.numbers() for net in q]
    path = pathlib.Path(__file__).with_name(name + ".json")
    path.write_text(json.dumps(page, separators=(",", ":")) + "\n")


SOFT = {"ent_coef": f"auto_{ALPHA}", "target_entropy": str(TARGET_ENTROPY)}

case("ddpg", "ddpg", 1, False, {})
case("td3", "td3", 2, False, {"target_policy_noise": "0.2", "target_noise_clip": "0.3", "policy_delay": "1"}, smoothing=True)
case("sac", "sac", 2, True, SOFT)
case("sde", "sac", 2, True, {**SOFT, "sde": "true"}, exploring=True)
case("redq", "sac", 4, True, {**SOFT, "n_critics": "4", "target_critics": "2", "mean_of_critics": "true"}, asked=2, mean=True)
case("categorical", "sac", 2, True, {**SOFT, "atoms": str(ATOMS), "v_min": str(LEAST), "v_max": str(LARGEST)}, atoms=ATOMS)
case("tqc", "tqc", 2, True, {**SOFT, "n_quantiles": str(QUANTILES), "top_quantiles_to_drop_per_net": str(DROPPED)}, quantiles=QUANTILES)
case(
    "crossq", "crossq", 2, True,
    {**SOFT, "warm_up": "0", "momentum": str(MOMENTUM), "policy_delay": "1", "critic_hidden": ",".join(map(str, HIDDEN))},
    joint=True,
)
