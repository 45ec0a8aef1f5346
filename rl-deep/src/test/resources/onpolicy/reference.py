"""Computes updates of the learners on policy by PyTorch's autograd and optimisers, in double precision.

Writes a JSON file per case beside this script: steps that were played, and the losses and parameters that updates from
them lead to. What is random is drawn from NumPy's generator as the learners' streams define it.
Needs torch and numpy: python reference.py
"""

import math
import pathlib
import sys

import numpy as np
import torch

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from nets import Net, digits, listed, played, rounded, shortest, stream, write

ROWS, OBSERVATION, ACTIONS, START, SIZE = 2, 3, 3, 5, 2
GAMMA, LAMBDA, RATE, LARGEST_NORM = 0.9, 0.8, 0.02, 0.5
LEARNER = 2  # the stream of what updates draw


class Choices:
    """The outputs are logits of actions, some of which are masked."""

    def __init__(self, rng, hidden, activation):
        self.net = Net(rng, OBSERVATION, hidden, ACTIONS, activation)
        self.parameters = self.net.learned

    def distribution(self, observations, mask):
        logits = self.net(observations).masked_fill(~mask, -torch.inf)
        return torch.distributions.Categorical(logits=logits)

    def take(self, rng, step):
        """Chooses an action."""
        chosen = int(rng.choice(np.flatnonzero(step["mask"])))
        step["action"] = START + chosen
        mask = torch.tensor(step["mask"])[None]
        with torch.no_grad():
            policy = self.distribution(torch.tensor(step["observation"])[None], mask)
            step["extras"] = old(rng, policy.log_prob(torch.tensor([chosen])))

    def evaluate(self, steps):
        """Returns ln π(A|S) and the entropy of each step."""
        policy = self.distribution(tensor(steps, "observation"), tensor(steps, "mask"))
        return policy.log_prob(tensor(steps, "action") - START), policy.entropy()


class Numbers:
    """The outputs are means of normal distributions, and perhaps what their deviations depend on."""

    def __init__(self, rng, hidden, activation, deviations="parameters", squash=False):
        self.deviations, self.squash = deviations, squash
        outputs = 2 * SIZE if deviations == "outputs" else SIZE
        self.net = Net(rng, OBSERVATION, hidden, outputs, activation)
        self.parameters = list(self.net.learned)
        self.log_std = None
        if deviations != "outputs":
            features = self.net.layers[-2].units
            shape = (features, SIZE) if deviations == "exploration" else SIZE
            self.log_std = torch.tensor(rounded(rng.normal(-0.5, 0.3, shape)), requires_grad=True)
            self.parameters.append(self.log_std)
        if deviations == "exploration":
            self.net.layers[-1].parameters.append(self.log_std)

    def distribution(self, observations):
        *hidden, last = self.net.layers
        h = observations
        for layer in hidden:
            h = layer(h)
        mean = last(h)
        match self.deviations:
            case "parameters":
                deviation = self.log_std.exp()
            case "outputs":
                mean, log_std = mean.split(SIZE, 1)
                deviation = log_std.clamp(-20, 2).exp()
            case "exploration":
                # What enters the noise does not learn from it.
                deviation = (h.detach() ** 2 @ self.log_std.exp() ** 2 + 1e-6).sqrt()
        return torch.distributions.Normal(mean, deviation)

    def log_probability(self, policy, drawn):
        of_each = policy.log_prob(drawn)
        if self.squash:
            of_each = of_each - 2 * (math.log(2) - drawn - torch.nn.functional.softplus(-2 * drawn))
        return of_each.sum(1)

    def take(self, rng, step):
        """Draws an action; what is drawn counts, not what is played."""
        with torch.no_grad():
            policy = self.distribution(torch.tensor(step["observation"])[None])
            drawn = rounded((policy.mean + policy.stddev * torch.tensor(rng.normal(size=SIZE))).numpy())
            log_probability = self.log_probability(policy, torch.tensor(drawn))
        step["drawn"] = drawn[0]
        step["action"] = rounded(np.tanh(drawn[0]) if self.squash else drawn[0].clip(-1, 1))
        step["extras"] = np.concatenate([old(rng, log_probability), drawn[0]])

    def evaluate(self, steps):
        policy = self.distribution(tensor(steps, "observation"))
        log_probability = self.log_probability(policy, tensor(steps, "drawn"))
        entropy = -log_probability if self.squash else policy.entropy().sum(1)
        return log_probability, entropy


def tensor(steps, key):
    return torch.tensor(np.array([step[key] for step in steps]))


def old(rng, log_probability):
    """Makes another behaviour of the policy, so that ratios are not 1."""
    return rounded(log_probability.numpy() + rng.uniform(-0.4, 0.4, 1))


def squeezed(steps):
    return [{key: value for key, value in step.items() if key != "drawn"} for step in steps]


def clip(parameters):
    """Limits the norm of all gradients together, and returns what it was."""
    return torch.nn.utils.clip_grad_norm_(parameters, LARGEST_NORM).item()


def look_ahead(value, steps):
    """Returns advantages and targets by their definition, the sum of all later δ."""
    with torch.no_grad():
        v = value(tensor(steps, "observation"))[:, 0].numpy()
        following = value(tensor(steps, "next"))[:, 0].numpy()
    advantages = np.zeros(len(steps))
    for i in range(len(steps)):
        weight, at = 1.0, i
        while True:
            step = steps[at]
            decay = GAMMA * step["discount"]
            advantages[i] += weight * (step["reward"] + decay * following[at] - v[at])
            weight *= decay * LAMBDA
            at += ROWS
            if step["terminated"] or step["truncated"] or at >= len(steps):
                break
    return advantages, advantages + v, v


def rollouts(name, learner, options, policy, value, losses, optimizers, epochs, batch_size, length):
    """Writes a page of two rollouts."""
    rng = np.random.default_rng(12)
    choices = isinstance(policy, Choices)
    page = {
        "learner": learner,
        "options": {
            "n_steps": str(length), "gamma": str(GAMMA), "gae_lambda": str(LAMBDA), "max_grad_norm": str(LARGEST_NORM),
            "learning_rate": str(RATE), **options,
        },
        "choices": choices,
        "policy": policy.net.numbers(),
        "value": value.numbers(),
        "rollouts": [],
    }
    log_std = None if choices or policy.deviations != "parameters" else policy.log_std
    if log_std is not None:
        page["log_deviation"] = shortest(log_std.detach().numpy())
    noise = stream(LEARNER)
    parameters = [*policy.parameters, *value.learned]
    every = []
    for seen in np.split(np.array(list(played(rng, ROWS, 2 * ROWS * length, OBSERVATION, ACTIONS * choices))), 2):
        for step in seen:
            policy.take(rng, step)
        every.extend(seen)
        advantages, targets, values = (torch.tensor(x) for x in look_ahead(value, seen))
        order = np.arange(len(seen))
        means = []
        for _ in range(epochs):
            if learner == "ppo":
                noise.shuffle(order)
            for at in range(0, len(order), batch_size):
                chosen = order[at : at + batch_size]
                log_probability, entropy = policy.evaluate(seen[chosen])
                v = value(tensor(seen[chosen], "observation"))[:, 0]
                old_log_probability = tensor(seen[chosen], "extras")[:, 0]
                parts = losses(
                    log_probability, old_log_probability, advantages[chosen], v, values[chosen], targets[chosen]
                )
                policy_loss, value_loss = parts
                loss = policy_loss + VALUE_WEIGHT * value_loss - ENTROPY_WEIGHT * entropy.mean()
                for parameter in parameters:
                    parameter.grad = None
                loss.backward()
                gradients = {
                    "policy_gradients": [digits(p.grad.numpy()) for p in policy.net.parameters],
                    "value_gradients": [digits(p.grad.numpy()) for p in value.parameters],
                }
                norm = clip(parameters)
                for optimizer in optimizers:
                    optimizer.step()
                means.append([policy_loss.item(), value_loss.item(), entropy.mean().item(), norm])
        page["rollouts"].append(
            {
                "metrics": dict(zip(["policy_loss", "value_loss", "entropy", "gradient_norm"], np.mean(means, 0).tolist())),
                **gradients,  # of the last minibatch
                "policy_after": policy.net.now(),
                "value_after": value.now(),
            }
        )
        if log_std is not None:
            page["rollouts"][-1]["log_deviation_after"] = digits(log_std.detach().numpy())
    page["steps"] = listed(squeezed(every))
    write(__file__, name, page)


VALUE_WEIGHT, ENTROPY_WEIGHT, CLIP = 0.7, 0.05, 0.2
HIDDEN = "5"


def ppo(name, deviations, squashed, **options):
    def losses(log_probability, old_log_probability, advantage, v, _, target):
        advantage = (advantage - advantage.mean()) / (advantage.std() + 1e-8)
        ratio = (log_probability - old_log_probability).exp()
        clipped = ratio.clamp(1 - CLIP, 1 + CLIP)
        return -torch.min(ratio * advantage, clipped * advantage).mean(), ((v - target) ** 2).mean()

    rng = np.random.default_rng(21)
    policy = Numbers(rng, HIDDEN, "tanh", deviations, squashed)
    value = Net(rng, OBSERVATION, HIDDEN, 1, "tanh")
    all_of_them = [*policy.parameters, *value.learned]
    options = {**options, "n_epochs": "2", "batch_size": "4", "clip_range": str(CLIP)}
    optimizers = [torch.optim.Adam(all_of_them, lr=RATE, eps=1e-5)]
    rollouts(name, "ppo", weights(options), policy, value, losses, optimizers, 2, 4, 4)


def a2c(name, deviations, squashed, **options):
    def losses(log_probability, _, advantage, v, __, target):
        return -(log_probability * advantage).mean(), ((v - target) ** 2).mean()

    rng = np.random.default_rng(22)
    policy = Numbers(rng, HIDDEN, "tanh", deviations, squashed)
    value = Net(rng, OBSERVATION, HIDDEN, 1, "tanh")
    all_of_them = [*policy.parameters, *value.learned]
    # Its first steps are ten times as long as the rate.
    optimizers = [torch.optim.RMSprop(all_of_them, lr=RATE / 10, alpha=0.99, eps=1e-5)]
    options = {"learning_rate": str(RATE / 10), **options}
    rollouts(name, "a2c", weights(options), policy, value, losses, optimizers, 1, 12, 6)


def weights(options):
    return {"hidden": HIDDEN, "activation": "tanh", "vf_coef": str(VALUE_WEIGHT), "ent_coef": str(ENTROPY_WEIGHT), **options}


def deep_reinforce(name, policy, value, optimizer, rate, value_rate, lengths, **options):
    """Writes a page of two whole episodes."""
    rng = np.random.default_rng(14)
    choices = isinstance(policy, Choices)
    page = {
        "options": {
            "hidden": HIDDEN, "activation": "tanh", "gamma": "0.95", "max_grad_norm": str(LARGEST_NORM),
            "learning_rate": str(rate), "optimizer": optimizer.__name__.lower(), **options,
        },
        "choices": choices,
        "policy": policy.net.numbers(),
        "value": value.numbers(),
        "episodes": [],
    }
    if not choices:
        page["log_deviation"] = shortest(policy.log_std.detach().numpy())
    parameters = [*policy.parameters, *(value.learned if value_rate else [])]
    optimizers = [optimizer(policy.parameters, lr=rate)]
    if value_rate:
        optimizers.append(optimizer(value.learned, lr=value_rate))
    every, episode = [], []
    for step in played(rng, 1, sum(lengths), OBSERVATION, ACTIONS * choices, ends=lengths):
        policy.take(rng, step)
        every.append(step)
        episode.append(step)
        if not (step["terminated"] or step["truncated"]):
            continue
        log_probability, entropy = policy.evaluate(episode)
        v = value(tensor(episode, "observation"))[:, 0] if value_rate else torch.zeros(len(episode), dtype=torch.float64)
        discounts = 0.95 * tensor(episode, "discount")
        rewards = tensor(episode, "reward")
        g = torch.zeros(len(episode), dtype=torch.float64)
        for t in range(len(episode)):
            later = torch.cat([torch.ones(1, dtype=torch.float64), discounts[t:-1].cumprod(0)])
            g[t] = (later * rewards[t:]).sum()
        weight = torch.cat([torch.ones(1, dtype=torch.float64), discounts[:-1].cumprod(0)])
        delta = g - v
        policy_loss = -(weight * delta.detach() * log_probability).sum()
        value_loss = 0.5 * (delta**2).sum()
        for parameter in parameters:
            parameter.grad = None
        (policy_loss + value_loss if value_rate else policy_loss).backward()
        policy_gradients = [digits(p.grad.numpy()) for p in policy.net.parameters]
        norm = clip(parameters)
        for each in optimizers:
            each.step()
        steps = len(episode)
        report = {
            "metrics": {
                "policy_loss": policy_loss.item() / steps, "value_loss": value_loss.item() / steps,
                "entropy": entropy.mean().item(),
            },
            "gradient_norm_per_step": norm / steps,  # gradients are sums over the steps
            "steps": steps,
            "policy_after": policy.net.now(),
            "value_after": value.now(),
        }
        if not choices:
            report["log_deviation_after"] = digits(policy.log_std.detach().numpy())
        page["episodes"].append(report)
        episode = []
    page["steps"] = listed(squeezed(every))
    write(__file__, name, page)


def stream_ac():
    """Writes a page of single steps in two rows."""
    alpha, policy_kappa, value_kappa, gamma, lam, tau = 0.8, 3.0, 2.0, 0.9, 0.7, 0.05
    hidden = "dense 6 none,layer-norm,dense 5 none,layer-norm"
    rng = np.random.default_rng(15)
    policy, value = Choices(rng, hidden, "relu"), Net(rng, OBSERVATION, hidden, 1)
    page = {
        "options": {
            "hidden": hidden, "activation": "relu", "step_size": str(alpha), "policy_kappa": str(policy_kappa),
            "value_kappa": str(value_kappa), "gamma": str(gamma), "lambda": str(lam), "ent_coef": str(tau),
        },
        "policy": policy.net.numbers(),
        "value": value.numbers(),
        "updates": [],
    }
    parts = [(policy.parameters, policy_kappa), (value.learned, value_kappa)]
    traces = [[[torch.zeros_like(p) for p in of] for of, _ in parts] for _ in range(ROWS)]
    steps = []
    for step in played(rng, ROWS, 30, OBSERVATION, ACTIONS):
        policy.take(rng, step)
        del step["extras"]
        steps.append(step)
        (log_probability,), (entropy,) = policy.evaluate([step])
        v = value(torch.tensor(step["observation"])[None])[0, 0]
        with torch.no_grad():
            following = value(torch.tensor(step["next"])[None])[0, 0].item()
        decay = gamma * step["discount"]
        error = step["reward"] + decay * following - v.item()
        sources = [log_probability + tau * np.sign(error) * entropy, v]
        rates = []
        for i, ((learned, kappa), source) in enumerate(zip(parts, sources)):
            kept = 0 if step["first"] else 1
            slopes = torch.autograd.grad(source, learned)
            trace = [kept * z + slope for z, slope in zip(traces[step["row"]][i], slopes)]
            size = sum(z.abs().sum().item() for z in trace)
            rates.append(alpha / max(1, alpha * kappa * max(abs(error), 1) * size))
            with torch.no_grad():
                for p, z in zip(learned, trace):
                    p += rates[-1] * error * z
            traces[step["row"]][i] = [decay * lam * z for z in trace]
        metrics = {
            "td_error": abs(error), "entropy": entropy.item(), "policy_step_size": rates[0], "value_step_size": rates[1],
        }
        page["updates"].append({"metrics": metrics})
        if len(steps) % 15 == 0:
            page["updates"][-1]["policy_after"] = policy.net.now()
            page["updates"][-1]["value_after"] = value.now()
    page["steps"] = listed(steps)
    write(__file__, "stream_ac", page)


ppo("ppo_sde", "exploration", False, sde="true")
ppo("ppo_state_std_squash", "outputs", True, state_std="true", squash="true")
ppo("ppo_squash", "parameters", True, squash="true")
a2c("a2c_sde_squash", "exploration", True, sde="true", squash="true")
a2c("a2c_state_std", "outputs", False, state_std="true")
a2c("a2c_squash", "parameters", True, squash="true")
rng = np.random.default_rng(23)
# The longer episode is more than goes through the networks at once.
deep_reinforce(
    "deep_reinforce", Choices(rng, HIDDEN, "tanh"), Net(rng, OBSERVATION, HIDDEN, 1, "tanh"),
    torch.optim.Adam, 0.01, 0.03, (7, 69), baseline_learning_rate="0.03",
)
deep_reinforce(
    "deep_reinforce_without_baseline", Numbers(rng, HIDDEN, "tanh"), Net(rng, OBSERVATION, HIDDEN, 1, "tanh"),
    torch.optim.SGD, 0.01, None, (7, 9), baseline_learning_rate="None",
)
stream_ac()
