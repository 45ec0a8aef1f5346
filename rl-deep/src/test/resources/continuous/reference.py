"""Computes one update of each learner of continuous actions by PyTorch's autograd in double precision.

Writes a JSON file per case beside this script: parameters, batch and options that the update begins with, and the
losses and gradients that it leads to. Noise is drawn from NumPy's generator as the learners' streams define it.
Needs torch and numpy: python reference.py
"""

import math
import pathlib
import sys

import numpy as np
import torch

sys.path.append(str(pathlib.Path(__file__).parents[1]))
from nets import BatchRenorm, Net, rounded, shortest, stream, write

ROWS, OBSERVATION, ACTION = 7, 3, 2
LOW, HIGH = np.array([-2.0, 0.0]), np.array([2.0, 1.0])
HIDDEN = "6,5"
ALPHA, TARGET_ENTROPY = 0.3, -2.0
QUANTILES, DROPPED = 4, 1
ATOMS, LEAST, LARGEST = 5, -1.0, 2.0
LEARNER = 2  # the stream of what updates draw

# Of recurrent cases: the steps of each sequence, how many of these are burn-in, and the options that allow them.
SEQUENCES = [(8, 3), (6, 1), (4, 0), (2, 0)]
LONGEST, BURN_IN = 5, 3


class ExploringNet(Net):
    """A policy whose noise is linear in its last hidden layer."""

    def __init__(self, rng):
        super().__init__(rng, OBSERVATION, HIDDEN, ACTION)
        last = self.layers[-1]
        self.log_std = last.add(rng.normal(-0.5, 0.4, (self.layers[-2].units, ACTION)))

    def noisy(self, x):
        """Returns means, variances and noise for the matrix epsilon."""
        *hidden, last = self.layers
        for layer in hidden:
            x = layer(x)
        variance = x**2 @ self.log_std.exp() ** 2 + 1e-6
        return last(x), variance, x @ (self.log_std.exp() * self.epsilon)


def network(rng, inputs, hidden, outputs, joint, action=0):
    """Makes a network; if it is joint, batch renormalisation stands before each dense layer."""
    if joint:
        hidden = ",".join(f"batch-renorm,{units}" for units in hidden.split(",")) + ",batch-renorm"
    return Net(rng, inputs, hidden, outputs, action=action)


class Single:
    """The steps of a batch that have nothing to do with each other."""

    def __init__(self, rng):
        self.observations, self.following = draw(rng, -1, 1, ROWS, OBSERVATION), draw(rng, -1, 1, ROWS, OBSERVATION)
        self.rows = ROWS
        self.page = {"observations": shortest(self.observations), "next_observations": shortest(self.following)}

    def run(self, net, actions=None, following=False, critic=None):
        """Returns what a network gives at S or S' of each step."""
        return net(torch.tensor(self.following if following else self.observations), actions)


class Along:
    """Steps of sequences, which begin with states of the policy and of each critic."""

    def __init__(self, rng, policy, critics):
        self.sizes = [policy.state_size, *(net.state_size for net in critics)]
        self.states = [rounded(rng.uniform(-0.8, 0.8, sum(self.sizes))) for _ in SEQUENCES]
        # A sequence shows S' of its last step, too.
        self.shown = [draw(rng, -1, 1, length + 1, OBSERVATION) for length, _ in SEQUENCES]
        self.rows = sum(length - burn_in for length, burn_in in SEQUENCES)
        self.page = {
            "lengths": [length for length, _ in SEQUENCES],
            "burn_in": [burn_in for _, burn_in in SEQUENCES],
            "shown": [shortest(shown) for shown in self.shown],
            "states": [shortest(state) for state in self.states],
        }

    def run(self, net, actions=None, following=False, critic=None):
        """Returns what a network gives at S or S' of each step, without gradients through the burn-in."""
        at = 0 if critic is None else sum(self.sizes[: critic + 1])
        outputs, step = [], 0
        for (length, burn_in), shown, states in zip(SEQUENCES, self.shown, self.states):
            state = torch.tensor(states[None, at : at + net.state_size])
            asked = range(burn_in + following, length + following)
            for t in range(length + following):
                action = None
                if actions is not None:
                    action = actions[step : step + 1] if t in asked else torch.zeros(1, ACTION, dtype=torch.float64)
                output, state = net.run(torch.tensor(shown[None, t]), state, action)
                if t in asked:
                    outputs.append(output)
                    step += 1
                if t == burn_in - 1 and state is not None:
                    state = state.detach()
        return torch.cat(outputs)


def draw(rng, low, high, *shape):
    return rounded(rng.uniform(low, high, shape))


def smallest(q):
    return torch.min(q, dim=0).values


def gaussian(outputs, epsilon):
    """Returns squashed actions and the logarithms of their probabilities."""
    if isinstance(outputs, tuple):
        mean, variance, shift = outputs
        normal = torch.distributions.Normal(mean, variance.sqrt())
        u = mean + shift
    else:
        mean, log_std = outputs.split(ACTION, dim=1)
        log_std = log_std.clamp(-20, 2)
        normal = torch.distributions.Normal(mean, log_std.exp())
        u = mean + log_std.exp() * epsilon
    squeeze = 2 * (math.log(2) - u - torch.nn.functional.softplus(-2 * u))
    return torch.tanh(u), (normal.log_prob(u) - squeeze).sum(1)


def case(
    name, learner, critics, stochastic, options, asked=None, mean=False, quantiles=0, atoms=0, smoothing=False,
    joint=False, exploring=False, hidden=HIDDEN, critic_hidden=HIDDEN, sequences=False,
):
    rng = np.random.default_rng(17)
    noise = stream(LEARNER)
    outputs = max(quantiles, atoms, 1)
    support = torch.linspace(LEAST, LARGEST, max(atoms, 2), dtype=torch.float64)
    policy = network(rng, OBSERVATION, hidden, ACTION * (2 if stochastic else 1), joint)
    if exploring:
        policy = ExploringNet(rng)
        policy.epsilon = torch.tensor(noise.standard_normal((policy.layers[-2].units, ACTION)))
    target_policy = network(rng, OBSERVATION, hidden, ACTION, False) if not stochastic else None
    q = [network(rng, OBSERVATION, critic_hidden, outputs, joint, ACTION) for _ in range(critics)]
    targets = [network(rng, OBSERVATION, critic_hidden, outputs, False, ACTION) for _ in range(0 if joint else critics)]
    before = {"policy": policy.numbers(), "critics": [net.numbers() for net in q]}

    steps = Along(rng, policy, q) if sequences else Single(rng)
    rows = steps.rows
    played = LOW + (HIGH - LOW) * draw(rng, 0, 1, rows, ACTION)
    played = rounded(played)
    rewards = draw(rng, -2, 2, rows)
    bootstraps = draw(rng, 0.5, 1, rows)
    bootstraps[3] = 0  # a terminal transition
    a = torch.tensor((played - (LOW + HIGH) / 2) / ((HIGH - LOW) / 2))
    r, discount = torch.tensor(rewards)[:, None], torch.tensor(bootstraps)[:, None]

    def normals():
        if exploring:
            return None
        return torch.tensor(noise.standard_normal((rows, ACTION)))

    def act(following, training=False):
        policy.training(training)
        if exploring:
            return policy.noisy(torch.tensor(steps.following if following else steps.observations))
        return steps.run(policy, following=following)

    with torch.no_grad():
        if stochastic:
            a2, log_probability = gaussian(act(True), normals())
        else:
            a2, log_probability = torch.tanh(steps.run(target_policy, following=True)), torch.zeros(rows)
        if smoothing:
            a2 = (a2 + (0.2 * normals()).clamp(-0.3, 0.3)).clamp(-1, 1)
        pool = list(enumerate(targets))
        if asked is not None:
            for j in range(asked):
                other = j + noise.integers(critics - j)
                pool[j], pool[other] = pool[other], pool[j]
            pool = pool[:asked]
    if joint:
        s, s2 = torch.tensor(steps.observations), torch.tensor(steps.following)
        for net in q:
            net.training(True)
        both = [net(torch.cat([s, s2]), torch.cat([a, a2])) for net in q]
        for net in q:
            net.training(False)
        taken = [x[:rows] for x in both]
        z = torch.stack([x[rows:].detach() for x in both])
    else:
        for _, net in pool:
            net.draw(noise, rows)
        z = torch.stack([steps.run(net, a2, following=True, critic=k).detach() for k, net in pool])
        for net in q:
            net.draw(noise, rows)
        taken = [steps.run(net, a, critic=k) for k, net in enumerate(q)]
    with torch.no_grad():
        if atoms:
            probabilities = z.softmax(2)
            best = (probabilities @ support).argmin(0)
            probabilities = probabilities[best, torch.arange(rows)]
            z = support.expand(rows, atoms)
        elif quantiles:
            z = z.permute(1, 0, 2).reshape(rows, -1).sort(dim=1).values[:, : critics * (quantiles - DROPPED)]
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
    critic_gradients = [net.gradients(loss) for net, loss in zip(q, losses)]

    metrics = {"critic_loss": sum(loss.item() for loss in losses)}
    if stochastic:
        chosen, log_probability = gaussian(act(False, training=True), normals())
        for net in q:
            net.draw(noise, rows)
        values = torch.stack([steps.run(net, chosen, critic=k) for k, net in enumerate(q)])
        values = values.softmax(2) @ support if atoms else values.mean(2)
        value = values.mean(0) if mean or quantiles else smallest(values)
        actor_loss = (ALPHA * log_probability - value).mean()
        metrics["entropy"] = -log_probability.mean().item()
        metrics["ent_coef_loss"] = -math.log(ALPHA) * (log_probability.mean().item() + TARGET_ENTROPY)
    else:
        actor_loss = -steps.run(q[0], torch.tanh(act(False)), critic=0).mean()
    metrics["actor_loss"] = actor_loss.item()

    page = {
        "learner": learner,
        "options": {"hidden": hidden, "batch_size": str(ROWS), **options},
        **steps.page,
        "actions": shortest(played),
        "rewards": shortest(rewards),
        "bootstraps": shortest(bootstraps),
        **before,
        "target_policy": target_policy.numbers() if target_policy else [],
        "target_critics": [net.numbers() for net in targets],
        "metrics": metrics,
        "policy_gradient": policy.gradients(actor_loss),
        "critic_gradients": critic_gradients,
    }
    if joint:
        page["policy_after"] = policy.numbers()
        page["critics_after"] = [net.numbers() for net in q]
    write(__file__, name, page)


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
    {**SOFT, "warm_up": "0", "momentum": str(BatchRenorm.MOMENTUM), "policy_delay": "1", "critic_hidden": HIDDEN},
    joint=True,
)

# DroQ: dropout and layer normalisation in each layer of the critics.
DROPPING = "dense 6 none,dropout 0.3,layer-norm,dense 5 none,dropout 0.3,layer-norm"
case("droq", "sac", 2, True, {**SOFT, "critic_hidden": DROPPING}, critic_hidden=DROPPING)


def recurrent(name, learner, critics, stochastic, hidden, critic_hidden, options, **more):
    options = {
        **options, "critic_hidden": critic_hidden, "batch_size": str(LONGEST * len(SEQUENCES)),
        "sequence_length": str(LONGEST), "burn_in": str(BURN_IN),
    }
    case(name, learner, critics, stochastic, options, hidden=hidden, critic_hidden=critic_hidden, sequences=True, **more)


SMOOTH = {"target_policy_noise": "0.2", "target_noise_clip": "0.3", "policy_delay": "1"}
TRUNCATED = {**SOFT, "n_quantiles": str(QUANTILES), "top_quantiles_to_drop_per_net": str(DROPPED)}
recurrent("ddpg_lstm_gru", "ddpg", 1, False, "lstm 3,4", "gru 3,4", {})
recurrent("td3_gru_both", "td3", 2, False, "gru 3,4", "lstm 2,gru 2,4", SMOOTH, smoothing=True)
recurrent("sac_lstm_gru", "sac", 2, True, "lstm 3,4", "gru 3,4", SOFT)
recurrent("sac_gru_dense", "sac", 2, True, "gru 3,4", "4", SOFT)
recurrent("tqc_gru_lstm", "tqc", 2, True, "gru 3,4", "lstm 3,4", TRUNCATED, quantiles=QUANTILES)
