"""Parts of the programs that compute by PyTorch what updates should lead to: networks, played steps, pages of results.

Everything is in double precision. Numbers that a learner begins with are rounded to float32 first.
"""

import json
import math
import pathlib

import numpy as np
import torch

SEED = 5
ACTIVATIONS = {
    "none": lambda x: x,
    "relu": torch.relu,
    "leaky_relu": torch.nn.functional.leaky_relu,
    "tanh": torch.tanh,
}


def stream(role):
    """Returns the stream of a learner's role, for the seed of all tests."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(SEED, spawn_key=(role, 0))))


def shortest(numbers):
    """Returns float32 numbers with the fewest digits that read back."""
    return [float(str(x)) for x in np.asarray(numbers).astype(np.float32).ravel()]


def digits(numbers):
    """Returns numbers with eight digits, more than are compared."""
    return [float(f"{x:.8g}") for x in np.asarray(numbers).ravel()]


def rounded(numbers):
    return np.asarray(numbers).astype(np.float32).astype(np.float64)


def write(script, name, page):
    """Writes a page beside the script that computed it."""
    path = pathlib.Path(script).with_name(name + ".json")
    path.write_text(json.dumps(page, separators=(",", ":")) + "\n")


class Layer:
    """Parameters, in the order in which the learners keep them."""

    state_size = 0

    def __init__(self):
        self.parameters = []

    def add(self, numbers, learned=True):
        numbers = torch.tensor(rounded(numbers), requires_grad=learned)
        self.parameters.append(numbers)
        return numbers


class Dense(Layer):
    def __init__(self, rng, inputs, units, activation):
        super().__init__()
        self.weights = self.add(rng.normal(0, 0.6, (inputs, units)))
        self.bias = self.add(rng.normal(0, 0.6, units))
        self.activation = activation
        self.units = units

    def __call__(self, x):
        return ACTIVATIONS[self.activation](x @ self.weights + self.bias)


class LayerNorm(Layer):
    def __init__(self, rng, units, activation):
        super().__init__()
        self.scale = self.add(1 + rng.normal(0, 0.2, units))
        self.bias = self.add(rng.normal(0, 0.1, units))
        self.activation = activation
        self.units = units

    def __call__(self, x):
        x = torch.nn.functional.layer_norm(x, (self.units,), self.scale, self.bias, 1e-5)
        return ACTIVATIONS[self.activation](x)


class Dropout(Layer):
    """Drops what the last draw says; everything passes before the first."""

    def __init__(self, units, rate):
        super().__init__()
        self.units, self.rate, self.kept = units, rate, None

    def draw(self, noise, rows):
        """Draws how many numbers are kept between two that are dropped: a geometric distribution each."""
        kept = np.ones(rows * self.units)
        at = -1
        while True:
            at += 1 + math.floor(math.log(1 - noise.random()) / math.log(1 - self.rate))
            if at >= kept.size:
                break
            kept[at] = 0
        self.kept = torch.tensor(kept.reshape(rows, self.units))

    def __call__(self, x):
        return x if self.kept is None else x * self.kept / (1 - self.rate)


class BatchRenorm(Layer):
    """Renormalises without a warm-up, and lets the running statistics follow."""

    EPSILON, MOMENTUM = 1e-3, 0.1

    def __init__(self, rng, units):
        super().__init__()
        self.units = units
        self.training = False
        self.scale = self.add(1 + rng.normal(0, 0.2, units))
        self.bias = self.add(rng.normal(0, 0.1, units))
        self.mean = self.add(rng.normal(0, 0.3, units), learned=False)
        self.variance = self.add(np.exp(rng.normal(0, 0.3, units)), learned=False)
        self.passes = self.add(np.zeros(1), learned=False)

    def __call__(self, x):
        deviation = (self.variance + self.EPSILON).sqrt()
        if not self.training:
            return (x - self.mean) / deviation * self.scale + self.bias
        batch_mean, batch_variance = x.mean(0), x.var(0, unbiased=False)
        batch_deviation = (batch_variance + self.EPSILON).sqrt()
        r = (batch_deviation / deviation).detach().clamp(1 / 3, 3)
        d = ((batch_mean - self.mean) / deviation).detach().clamp(-5, 5)
        result = ((x - batch_mean) / batch_deviation * r + d) * self.scale + self.bias
        with torch.no_grad():
            self.mean += self.MOMENTUM * (batch_mean - self.mean)
            self.variance += self.MOMENTUM * (batch_variance - self.variance)
            self.passes += 1
        return result


class Recurrent(Layer):
    """An LSTM or a GRU by PyTorch's own cell; its parameters stand apart by gate, as the learners keep them."""

    def __init__(self, rng, inputs, units, kind):
        super().__init__()
        self.kind, self.units = kind, units
        self.state_size = units * (2 if kind == "lstm" else 1)
        gates = 4 if kind == "lstm" else 3
        self.inputs = [self.add(rng.normal(0, 0.6, (inputs, units))) for _ in range(gates)]
        self.states = [self.add(rng.normal(0, 0.6, (units, units))) for _ in range(gates)]
        self.biases = [self.add(rng.normal(0, 0.6, units)) for _ in range(gates)]
        if kind == "gru":
            self.candidate = self.add(rng.normal(0, 0.6, units))

    def run(self, x, state):
        """Returns the outputs and the state after a step."""
        # The learners have input, forget, output and cell, PyTorch input, forget, cell and output.
        order = [0, 1, 3, 2] if self.kind == "lstm" else [0, 1, 2]
        w_x = torch.cat([self.inputs[g] for g in order], 1).T
        w_h = torch.cat([self.states[g] for g in order], 1).T
        bias = torch.cat([self.biases[g] for g in order])
        none = torch.zeros_like(bias)
        if self.kind == "lstm":
            h, c = torch.lstm_cell(x, state.split(self.units, 1), w_x, w_h, bias, none)
            return h, torch.cat([h, c], 1)
        inside = torch.cat([none[: 2 * self.units], self.candidate])
        h = torch.gru_cell(x, state, w_x, w_h, bias, inside)
        return h, h


class Dueling(Layer):
    def __init__(self, actions, outputs):
        super().__init__()
        self.actions, self.outputs = actions, outputs

    def __call__(self, x):
        value = x[..., None, : self.outputs]
        advantage = x[..., self.outputs :].reshape(*x.shape[:-1], self.actions, self.outputs)
        return (value + advantage - advantage.mean(-2, keepdim=True)).flatten(-2)


class Net:
    """Layers as the option `hidden` lists them, and what follows them.

    An action, if one is given, enters behind the last recurrent layer, or with the observation.
    """

    def __init__(self, rng, inputs, hidden, outputs, activation="relu", action=0, behind=()):
        self.layers = []
        names = [name.strip() for name in hidden.split(",") if name.strip()]
        recurrent = [i for i, name in enumerate(names) if name.split()[0] in ("lstm", "gru")]
        self.pairs_at = recurrent[-1] + 1 if recurrent else 0
        width = inputs
        for i, name in enumerate([*names, f"dense {outputs} none"]):
            width += action if i == self.pairs_at else 0
            self.layers.append(self.layer(rng, width, name.split(), activation))
            width = self.layers[-1].units
        self.layers.extend(behind)
        self.state_size = sum(layer.state_size for layer in self.layers)

    @staticmethod
    def layer(rng, inputs, words, activation):
        match words:
            case ["dense", units, own]:
                return Dense(rng, inputs, int(units), own)
            case ["lstm" | "gru" as kind, units]:
                return Recurrent(rng, inputs, int(units), kind)
            case ["layer-norm"]:
                return LayerNorm(rng, inputs, activation)
            case ["batch-renorm"]:
                return BatchRenorm(rng, inputs)
            case ["dropout", rate]:
                return Dropout(inputs, float(rate))
            case [units]:
                return Dense(rng, inputs, int(units), activation)
        raise ValueError(words)

    @property
    def parameters(self):
        return [parameter for layer in self.layers for parameter in layer.parameters]

    @property
    def learned(self):
        return [parameter for parameter in self.parameters if parameter.requires_grad]

    def __call__(self, x, action=None):
        return self.run(x, None, action)[0]

    def run(self, x, state, action=None):
        """Returns the outputs and the state after a step."""
        after, at = [], 0
        for i, layer in enumerate(self.layers):
            if i == self.pairs_at and action is not None:
                x = torch.cat([x, action], 1)
            if isinstance(layer, Recurrent):
                x, last = layer.run(x, state[:, at : at + layer.state_size])
                at += layer.state_size
                after.append(last)
            else:
                x = layer(x)
        return x, torch.cat(after, 1) if after else None

    def training(self, whether):
        for layer in self.layers:
            if isinstance(layer, BatchRenorm):
                layer.training = whether

    def draw(self, noise, rows):
        for layer in self.layers:
            if isinstance(layer, Dropout):
                layer.draw(noise, rows)

    def numbers(self):
        return [shortest(p.detach().numpy()) for p in self.parameters]

    def now(self):
        """Returns parameters that have been learned, which are no longer rounded."""
        return [digits(p.detach().numpy()) for p in self.parameters]

    def gradients(self, loss):
        grads = iter(torch.autograd.grad(loss, self.learned, retain_graph=True))
        every = [next(grads) if p.requires_grad else torch.zeros_like(p) for p in self.parameters]
        return [digits(g.numpy()) for g in every]


def shown(rng, *shape):
    return rounded(rng.uniform(-1, 1, shape))


def masks(rng, *shape):
    """Draws masks that allow at least one action."""
    allowed = rng.random(shape) < 0.7
    allowed[..., 0] |= ~allowed.any(-1)
    return allowed


def played(rng, rows, steps, observation, actions=0, ends=(4, 7)):
    """Plays at random in rows that take turns: yields steps whose actions are still to be chosen.

    Episodes are terminated and truncated by turns, after so many steps each; `actions` is the width of the masks.
    """
    now = [shown(rng, observation) for _ in range(rows)]
    allowed = [masks(rng, actions) if actions else None for _ in range(rows)]
    age, episode = [0] * rows, list(range(rows))
    for step in range(steps):
        row = step % rows
        age[row] += 1
        last = age[row] == ends[episode[row] % len(ends)]
        terminated = last and episode[row] % 2 == 0
        following = shown(rng, observation)
        mask = masks(rng, actions) if actions else None
        yield {
            "row": row,
            "first": age[row] == 1,
            "observation": now[row],
            "mask": allowed[row],
            "reward": float(rounded(rng.uniform(-2, 2))),
            "discount": 0.0 if terminated else (0.5 if step % 5 == 3 else 1.0),
            "terminated": terminated,
            "truncated": last and not terminated,
            "next": following,
            "next_mask": mask,
        }
        now[row], allowed[row] = following, mask
        if last:
            age[row], episode[row] = 0, episode[row] + 1
            now[row] = shown(rng, observation)
            allowed[row] = masks(rng, actions) if actions else None


def listed(steps):
    """Returns played steps as they are written on a page."""

    def plain(value):
        if isinstance(value, np.ndarray):
            return value.tolist() if value.dtype.kind in "bi" else shortest(value)
        return value

    return [{key: plain(value) for key, value in step.items() if value is not None} for step in steps]
