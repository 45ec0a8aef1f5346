"""Learned policies as NumPy computes them: :func:`load` reads what ``./rl export RUN --to policy.zip`` writes.

Actions are those of Java: for choices the same, for numbers the same up to the rounding of a matrix product.
A policy that draws its actions takes the same stream of random numbers, which is NumPy's.
"""

from __future__ import annotations

import os
import struct
import zipfile
from typing import Any

import numpy as np
from gymnasium import spaces

from bellman.home import BellmanError
from bellman.spaces import BYTES, DTYPES, FLOATS, INTS, Layout, space_of

_MAGIC = b"\x8bBMN\r\n\x1a\n"
_VERSION = 2
_ARRAYS = {9: "<f8", 10: "<f4", 11: "<i4", 12: "<i8", 13: "<u1", 14: "<u1"}
_SCALARS = {3: "<q", 4: "<i", 5: "<d", 6: "<f", 7: "<?"}


class _Reader:
    """Reads the values of BinaryState one after the other, by their names."""

    def __init__(self, data: bytes):
        if data[:8] != _MAGIC:
            raise BellmanError("not a policy: the first bytes are others")
        if struct.unpack_from("<i", data, 8)[0] != _VERSION:
            raise BellmanError("the policy was written by another version of Bellman")
        self.data = data
        self.at = 12

    def _take(self, form: str) -> Any:
        (value,) = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return value

    def _text(self, form: str) -> str:
        length = self._take(form)
        self.at += length
        return self.data[self.at - length : self.at].decode()

    def _head(self, name: str) -> int:
        """Reads the kind of the next value, which must have this name."""
        kind = self._take("<B")
        found = self._text("<H")
        if found != name:
            raise BellmanError(f"the policy is damaged or newer: expected '{name}', found '{found}'")
        return kind

    def begin(self, name: str) -> int:
        """Enters a section and returns its version."""
        self._head(name)
        return self._take("<i")

    def end(self) -> None:
        self._take("<B")

    def next(self, name: str) -> Any:
        kind = self._head(name)
        if kind == 8:
            return self._text("<i")
        if kind in _SCALARS:
            return self._take(_SCALARS[kind])
        dtype = np.dtype(_ARRAYS[kind])
        length = self._take("<i")
        self.at += length * dtype.itemsize
        return np.frombuffer(self.data, dtype, length, self.at - length * dtype.itemsize)


def _space(state: _Reader) -> spaces.Space:
    version = state.begin("space")
    said: dict[str, Any] = {"kind": state.next("kind")}
    kind = said["kind"]
    if kind == "Discrete":
        said["n"], said["start"] = state.next("n"), state.next("start")
    elif kind == "MultiDiscrete":
        said["counts"] = state.next("counts")
        said["starts"] = state.next("starts") if version >= 3 else np.zeros_like(said["counts"])
    elif kind == "MultiBinary":
        said["n"] = state.next("n")
    elif kind == "Box":
        said["shape"] = state.next("shape").tolist()
        said["dtype"] = "UINT8" if state.next("bytes") else "FLOAT32"
        if said["dtype"] == "UINT8":
            said["low"], said["high"] = 0, state.next("high")
        else:
            said["low"], said["high"] = state.next("low"), state.next("high")
    if kind == "Tuple":
        space: spaces.Space = spaces.Tuple([_space(state) for _ in range(state.next("parts"))])
    elif kind == "Dict":
        parts = {}
        for _ in range(state.next("parts")):
            name = state.next("name")
            parts[name] = _space(state)
        space = spaces.Dict(parts)
    else:
        space = space_of(said)
    state.end()
    return space


_ACTIVATIONS = {
    "NONE": lambda x: x,
    "RELU": lambda x: np.maximum(x, np.float32(0)),
    "LEAKY_RELU": lambda x: np.where(x > 0, x, np.float32(0.01) * x),
    "TANH": np.tanh,
    "SILU": lambda x: x / (1 + np.exp(-x)),
}


# The values of a layer, in the order in which they are written.
_LAYERS: dict[str, tuple[str, ...]] = {
    "Dense": ("units", "activation"),
    "NoisyDense": ("units", "activation"),
    "LayerNormalization": ("epsilon", "activation"),
    "PlainLayerNormalization": ("epsilon", "activation"),
    "BatchRenormalization": ("epsilon", "momentum", "warm-up", "activation"),
    "Convolution2d": ("filters", "kernel", "stride", "padding", "activation"),
    "Dueling": ("actions", "outputs"),
    "Expectation": ("actions", "softmax", "low", "high"),
    "Flatten": (),
    "Dropout": ("rate",),
    "Embedding": ("units",),
    "ResidualBlock": ("units", "expansion", "activation"),
    "HypersphericalEmbedding": ("units", "shift"),
    "HypersphericalBlock": ("units", "expansion", "alpha", "activation"),
    "StateDependentNoise": ("size", "learns_features"),
    "Lstm": ("units",),
    "Gru": ("units",),
    "Parallel": ("branches",),
    "ImplicitQuantiles": ("fractions", "level", "drawn", "cosines"),
}

# The gates of recurrent layers, in the order in which their weights are written.
_GATES = {"Lstm": ("input", "forget", "output", "cell"), "Gru": ("reset", "update", "candidate")}

# What is added to variances that depend on the state.
_LEAST_VARIANCE = np.float32(1e-6)


def _unit(x: np.ndarray) -> np.ndarray:
    """Divides each row by its length."""
    return x / np.maximum(np.sqrt((x * x).sum(1, keepdims=True)), np.float32(1e-8))


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def _residual(block: dict[str, Any]) -> list[dict[str, Any]]:
    """The layers of a residual block, whose values follow from those of the block."""
    return [
        {"type": "LayerNormalization", "epsilon": 1e-5, "activation": "NONE"},
        {"type": "Dense", "units": block["units"] * block["expansion"], "activation": block["activation"]},
        {"type": "Dense", "units": block["units"], "activation": "NONE"},
    ]


class _Layers:
    """Layers one after the other, forward only."""

    def __init__(self, layers: list[dict[str, Any]]):
        self.layers: list[tuple[dict[str, Any], dict[str, np.ndarray]]] = [(said, {}) for said in layers]

    @staticmethod
    def read(state: _Reader) -> "_Layers":
        layers = []
        for _ in range(state.next("layers")):
            state.begin("layer")
            said = {"type": state.next("type")}
            if said["type"] not in _LAYERS:
                raise BellmanError(f"the policy has a layer {said['type']}, which only Java computes: ./rl play")
            for name in _LAYERS[said["type"]]:
                said[name] = state.next(name)
            if said["type"] == "Parallel":
                said["branches"] = [
                    {
                        "from": state.next("from"),
                        "extents": tuple(state.next("extents").tolist()),
                        "layers": _Layers.read(state),
                    }
                    for _ in range(said["branches"])
                ]
            elif said["type"] == "ImplicitQuantiles":
                said["layers"] = _Layers.read(state)
            elif said["type"] == "ResidualBlock":
                said["layers"] = _Layers(_residual(said))
            state.end()
            layers.append(said)
        return _Layers(layers)

    def read_numbers(self, state: _Reader, prefix: str) -> None:
        for i, (said, numbers) in enumerate(self.layers):
            if said["type"] == "Parallel":
                for b, branch in enumerate(said["branches"]):
                    branch["layers"].read_numbers(state, f"{prefix}{i}/{b}/")
            for name in self._names(said):
                numbers[name] = state.next(f"{prefix}{i}/{name}")
            if "layers" in said:
                said["layers"].read_numbers(state, f"{prefix}{i}/")

    @staticmethod
    def _names(said: dict[str, Any]) -> list[str]:
        kind = said["type"]
        if kind in ("Dense", "Convolution2d", "ImplicitQuantiles"):
            return ["weights", "bias"]
        if kind == "NoisyDense":
            return ["weights", "weight-noise", "bias", "bias-noise"]
        if kind == "LayerNormalization":
            return ["scale", "bias"]
        if kind == "BatchRenormalization":
            return ["scale", "bias", "mean", "variance", "passes"]
        if kind == "Embedding":
            return ["weights"]
        if kind == "HypersphericalEmbedding":
            return ["weights", "scale"]
        if kind == "HypersphericalBlock":
            return ["wider_weights", "scale", "narrower_weights", "alpha"]
        if kind == "StateDependentNoise":
            return ["log_deviations"]
        if kind in _GATES:
            names = [f"{part}/{gate}" for part in ("input_weights", "state_weights", "bias") for gate in _GATES[kind]]
            return names + (["candidate_state_bias"] if kind == "Gru" else [])
        return []

    def recurrent(self) -> bool:
        """Returns whether a layer remembers what it has seen."""
        return any(
            said["type"] in _GATES or any(branch["layers"].recurrent() for branch in said.get("branches", []))
            for said, _ in self.layers
        )

    def begin(self, first: np.ndarray) -> None:
        """Forgets what layers remember of the rows whose episode begins."""
        for said, _ in self.layers:
            if said["type"] in _GATES:
                kept = said.get("state")
                if kept is None or len(kept) != len(first):
                    if not first.all():
                        raise ValueError(
                            f"the policy remembers {0 if kept is None else len(kept)} episodes, and this"
                            f" is a batch of {len(first)}: say episode_start=True"
                        )
                    parts = 2 if said["type"] == "Lstm" else 1
                    said["state"] = np.zeros((len(first), parts, said["units"]), np.float32)
                else:
                    kept[first] = 0
            elif said["type"] == "Parallel":
                for branch in said["branches"]:
                    branch["layers"].begin(first)

    def __call__(self, x: np.ndarray) -> np.ndarray:
        for said, numbers in self.layers:
            kind = said["type"]
            activation = _ACTIVATIONS[said.get("activation", "NONE")]
            if kind == "Flatten":
                x = x.reshape(len(x), -1)
            elif kind in ("Dense", "NoisyDense"):
                x = activation(self._dense(x, numbers, ""))
            elif kind == "LayerNormalization":
                x = x - x.mean(-1, keepdims=True)
                inverse = 1 / np.sqrt((x * x).mean(-1, keepdims=True) + np.float32(said["epsilon"]))
                x = activation(x * inverse * numbers["scale"] + numbers["bias"])
            elif kind == "PlainLayerNormalization":
                x = x - x.mean(-1, keepdims=True)
                x = activation(x / np.sqrt((x * x).mean(-1, keepdims=True) + np.float32(said["epsilon"])))
            elif kind == "BatchRenormalization":
                inverse = 1 / np.sqrt(numbers["variance"] + np.float32(said["epsilon"]))
                x = activation((x - numbers["mean"]) * inverse * numbers["scale"] + numbers["bias"])
            elif kind == "Convolution2d":
                x = activation(self._convolution(x, said, numbers))
            elif kind == "Expectation":
                x = self._expectation(x, said)
            elif kind == "ResidualBlock":
                x = x + said["layers"](x)
            elif kind == "Embedding":
                x = x @ numbers["weights"].reshape(x.shape[1], -1)
            elif kind == "HypersphericalEmbedding":
                shifted = np.concatenate([x, np.full((len(x), 1), said["shift"], np.float32)], 1)
                x = _unit(shifted @ numbers["weights"].reshape(shifted.shape[1], -1) * numbers["scale"])
            elif kind == "HypersphericalBlock":
                between = activation(x @ numbers["wider_weights"].reshape(x.shape[1], -1) * numbers["scale"])
                suggested = _unit(between @ numbers["narrower_weights"].reshape(between.shape[1], -1))
                alpha = numbers["alpha"] * np.float32(said["alpha"] * np.sqrt(said["units"]))
                x = _unit(x + alpha * (suggested - x))
            elif kind == "ImplicitQuantiles":
                x = self._quantiles(x, said, numbers)
            elif kind == "StateDependentNoise":
                deviations = np.exp(numbers["log_deviations"].reshape(x.shape[1], -1))
                variance = (x * x) @ (deviations * deviations) + _LEAST_VARIANCE
                x = np.concatenate([variance, np.zeros_like(variance)], 1)  # no noise
            elif kind == "Dropout":
                pass  # while learning only
            elif kind in _GATES:
                x = self._remember(x, said, numbers)
            elif kind == "Parallel":
                x = np.concatenate([self._branch(x, branch) for branch in said["branches"]], 1)
            else:
                x = self._dueling(x, said)
        return x

    @staticmethod
    def _branch(x: np.ndarray, branch: dict[str, Any]) -> np.ndarray:
        first, extents = branch["from"], branch["extents"]
        part = x[:, first : first + int(np.prod(extents))].reshape(len(x), *extents)
        return branch["layers"](part).reshape(len(x), -1)

    @staticmethod
    def _remember(x: np.ndarray, said: dict[str, Any], numbers: dict[str, np.ndarray]) -> np.ndarray:
        state, units = said["state"], said["units"]
        hidden = state[:, 0]

        def of_input(gate: str) -> np.ndarray:
            return x @ numbers["input_weights/" + gate].reshape(-1, units) + numbers["bias/" + gate]

        def of_state(gate: str) -> np.ndarray:
            return hidden @ numbers["state_weights/" + gate].reshape(-1, units)

        gates = {gate: (of_input(gate), of_state(gate)) for gate in _GATES[said["type"]]}
        if said["type"] == "Lstm":
            enter, forget, leave = (_sigmoid(sum(gates[gate])) for gate in ("input", "forget", "output"))
            state[:, 1] = forget * state[:, 1] + enter * np.tanh(sum(gates["cell"]))
            state[:, 0] = leave * np.tanh(state[:, 1])
        else:
            reset, update = (_sigmoid(sum(gates[gate])) for gate in ("reset", "update"))
            entered, kept = gates["candidate"]
            candidate = np.tanh(entered + reset * (kept + numbers["candidate_state_bias"]))
            state[:, 0] = (1 - update) * candidate + update * hidden
        return state[:, 0].copy()

    @staticmethod
    def _quantiles(x: np.ndarray, said: dict[str, Any], numbers: dict[str, np.ndarray]) -> np.ndarray:
        count = said["fractions"]
        fractions = said["level"] * (np.arange(count) + 0.5) / count
        cosines = np.cos(np.pi * np.outer(fractions, np.arange(said["cosines"]))).astype(np.float32)
        embedding = cosines @ numbers["weights"].reshape(said["cosines"], -1) + numbers["bias"]
        rows = (x[:, None] * np.maximum(embedding, np.float32(0))).reshape(-1, x.shape[1])
        quantiles = said["layers"](rows).reshape(len(x), count, -1)
        return quantiles.transpose(0, 2, 1).reshape(len(x), -1)

    @staticmethod
    def _expectation(x: np.ndarray, said: dict[str, Any]) -> np.ndarray:
        outputs = x.reshape(len(x), said["actions"], -1)
        if not said["softmax"]:
            return outputs.mean(2)
        weights = np.exp(outputs.astype(np.float64) - outputs.max(2, keepdims=True))
        returns = np.linspace(said["low"], said["high"], outputs.shape[2])
        return ((weights / weights.sum(2, keepdims=True)) @ returns).astype(np.float32)

    @staticmethod
    def _dense(x: np.ndarray, numbers: dict[str, np.ndarray], prefix: str) -> np.ndarray:
        return x @ numbers[prefix + "weights"].reshape(x.shape[1], -1) + numbers[prefix + "bias"]

    @staticmethod
    def _convolution(x: np.ndarray, said: dict[str, Any], numbers: dict[str, np.ndarray]) -> np.ndarray:
        kernel, stride, padding = said["kernel"], said["stride"], said["padding"]
        if padding:
            x = np.pad(x, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
        windows = np.lib.stride_tricks.sliding_window_view(x, (kernel, kernel), (1, 2))[:, ::stride, ::stride]
        windows = windows.transpose(0, 1, 2, 4, 5, 3)  # a window's elements by row, column and channel
        shape = windows.shape[:3]
        flat = windows.reshape(*shape, -1)
        return flat @ numbers["weights"].reshape(flat.shape[-1], -1) + numbers["bias"]

    @staticmethod
    def _dueling(x: np.ndarray, said: dict[str, Any]) -> np.ndarray:
        streams = x.reshape(len(x), said["actions"] + 1, said["outputs"])
        value, advantage = streams[:, :1], streams[:, 1:]
        return (value - advantage.mean(1, keepdims=True) + advantage).reshape(len(x), -1)


class _Network:
    """A network, forward only."""

    def __init__(self, state: _Reader):
        state.begin("network-with-layers")
        self.bytes = state.next("dtype") == "UINT8"
        self.extents = tuple(int(extent) for extent in state.next("extents"))
        self.scale = np.float32(state.next("scale"))
        self.layers = _Layers.read(state)
        self.layers.read_numbers(state, "")
        state.end()

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """Returns the outputs for a batch: a line of inputs per row."""
        if self.bytes:
            x = x.astype(np.float32) * self.scale
        return self.layers(x.reshape((len(x), *self.extents)))


class Policy:
    """A policy at work.

    :ivar environment: the id of the environment that it was learned on
    :ivar observation_space: what it sees
    :ivar action_space: what it does
    :ivar about: facts of the run that it is from
    :ivar recurrent: whether it remembers earlier observations, by an LSTM or GRU
    :ivar card: the model card
    """

    def __init__(self, card: str, state: _Reader):
        self.card = card
        state.next("parts")
        state.begin("part-0")
        state.begin("shipped-policy")
        self.environment: str = state.next("task")
        self.masked: bool = state.next("masked")
        self.about: dict[str, str] = {}
        for _ in range(state.next("facts")):
            name = state.next("fact")
            self.about[name] = state.next("value")
        self.observation_space = _space(state)
        self.action_space = _space(state)
        self._seen = Layout(self.observation_space)
        self._done = Layout(self.action_space)
        self._kind = state.next("kind")
        if self._kind == "network":
            self._reading = state.next("reading")
            self._deviations = np.exp(state.next("log-deviations").astype(np.float64))
            self._standard = None
            if state.next("standardized"):
                self._standard = (state.next("means"), state.next("deviations"), state.next("limit"))
            self._network = _Network(state)
        else:
            self._reading = state.next("rule")
            self._numbers = state.next("numbers").reshape(-1, self._size(self._done))
        self.recurrent: bool = self._kind == "network" and self._network.layers.recurrent()
        self._unused = True
        self._random = np.random.default_rng()

    def seed(self, seed: int) -> None:
        """Begins the stream of random numbers, for policies that draw, as a seed does in Java."""
        self._random = np.random.default_rng(seed)

    def predict(self, observation: Any, mask: Any = None, episode_start: Any = None) -> Any:
        """Returns the action for an observation, or an action per row for a batch of them.

        A recurrent policy keeps what it remembers from call to call.

        :param observation: a value of the observation space; a batch has one more dimension in front
        :param mask: which actions are allowed, as ``info["action_mask"]`` says; needed if the task has one
        :param episode_start: whether an episode begins with this observation, or an array of that by row;
            by default only in the first call. Recurrent policies need it, others ignore it
        :raises ValueError: if the observation is not of the space, the mask allows no action, or a recurrent
            policy is given another number of rows in the middle of their episodes
        """
        batched = self._is_batch(observation)
        columns = self._columns(observation, batched)
        rows = len(columns[0])
        if self.recurrent:
            first = self._unused if episode_start is None else episode_start
            self._network.layers.begin(np.broadcast_to(np.asarray(first, bool).reshape(-1), rows))
            self._unused = False
        allowed = np.ones((rows, 1), bool) if mask is None else np.asarray(mask, bool).reshape(rows, -1)
        done = [np.zeros((rows, width), dtype) for width, dtype in zip(self._done.widths, DTYPES)]
        (self._by_network if self._kind == "network" else self._by_table)(columns, allowed, done)
        if batched:
            return self._done.get(done)
        return self._done.row(done, 0)

    def _is_batch(self, observation: Any) -> bool:
        space = self.observation_space
        while isinstance(space, (spaces.Dict, spaces.Tuple)):
            key = next(iter(space.spaces)) if isinstance(space, spaces.Dict) else 0
            space, observation = space[key], observation[key]
        dimensions = np.ndim(observation) - len(space.shape)
        if dimensions not in (0, 1):
            raise ValueError(f"an observation must be in {self.observation_space}, or a batch of such")
        return dimensions == 1

    def _columns(self, observation: Any, batched: bool) -> list[np.ndarray]:
        rows = 1
        if batched:
            part = observation
            while isinstance(part, (dict, tuple)):
                part = part[next(iter(part))] if isinstance(part, dict) else part[0]
            rows = len(part)
        columns = [np.zeros((rows, width), dtype) for width, dtype in zip(self._seen.widths, DTYPES)]
        self._seen.put(columns, observation)
        return columns

    # By a network

    def _inputs(self, columns: list[np.ndarray]) -> np.ndarray:
        if self._standard is not None:
            means, deviations, limit = self._standard
            values = np.concatenate([columns[FLOATS], columns[BYTES]], 1).astype(np.float64)
            return np.clip((values - means) / deviations, -limit, limit).astype(np.float32)
        if self._network.bytes:
            return columns[BYTES]
        parts = []
        for leaf in self._seen.leaves:
            values = columns[leaf.column][:, leaf.offset : leaf.offset + leaf.width]
            if leaf.column == INTS:
                for i, (count, start) in enumerate(self._choices(leaf.space)):
                    parts.append(np.eye(count, dtype=np.float32)[values[:, i] - start])
            elif leaf.column == BYTES and isinstance(leaf.space, spaces.Box):
                parts.append(values.astype(np.float32) * (np.float32(1) / leaf.space.high.ravel().astype(np.float32)))
            else:
                parts.append(values.astype(np.float32))
        return np.concatenate(parts, 1)

    @staticmethod
    def _choices(space: spaces.Space) -> list[tuple[int, int]]:
        """Returns how many values each element has, and the smallest of them."""
        if isinstance(space, spaces.Discrete):
            return [(int(space.n), int(space.start))]
        if isinstance(space, spaces.MultiDiscrete):
            return [(int(n), int(start)) for n, start in zip(space.nvec, space.start)]
        return [(2, 0)] * space.n

    def _by_network(self, columns: list[np.ndarray], allowed: np.ndarray, done: list[np.ndarray]) -> None:
        outputs = self._network(self._inputs(columns))
        space = self.action_space
        if isinstance(space, spaces.Box):
            done[FLOATS][...] = self._numbers_of(outputs, space)
            return
        allowed = np.broadcast_to(allowed, outputs.shape)
        choices = self._choices(space)
        column = BYTES if isinstance(space, spaces.MultiBinary) else INTS
        for row in range(len(outputs)):
            first = 0
            for i, (count, start) in enumerate(choices):
                mine = slice(first, first + count)
                choice = self._choice(outputs[row, mine], allowed[row, mine])
                done[column][row, i] = start + choice
                first += count

    def _numbers_of(self, outputs: np.ndarray, space: spaces.Box) -> np.ndarray:
        low, high = space.low.ravel(), space.high.ravel()
        size = low.size
        values = outputs[:, :size].astype(np.float64)
        if self._reading == "SQUASHED":
            half, middle = 0.5 * (high.astype(np.float64) - low), 0.5 * (high.astype(np.float64) + low)
            values = half * np.tanh(values) + middle
        elif self._reading == "DRAWN":
            values = values + self._deviations * self._random.standard_normal(values.shape)
        return np.clip(values.astype(np.float32), low, high)

    def _choice(self, outputs: np.ndarray, allowed: np.ndarray) -> int:
        if not allowed.any():
            raise ValueError("the mask allows no action")
        masked = np.where(allowed, outputs, -np.inf).astype(np.float64)
        if self._reading != "DRAWN":
            return int(masked.argmax())
        weights = np.exp(masked - masked.max())
        above = np.cumsum(weights / weights.sum()) > self._random.random()
        return int(above.argmax()) if above.any() else int(np.flatnonzero(weights)[-1])

    # By a table

    def _size(self, layout: Layout) -> int:
        return int(np.prod([n for leaf in layout.leaves for n, _ in self._choices(leaf.space)]))

    def _by_table(self, columns: list[np.ndarray], allowed: np.ndarray, done: list[np.ndarray]) -> None:
        rows = len(columns[0])
        states = np.zeros(rows, np.int64)
        for leaf in self._seen.leaves:
            for i, (count, start) in enumerate(self._choices(leaf.space)):
                place = columns[leaf.column][:, leaf.offset + i].astype(np.int64) - start
                if ((place < 0) | (place >= count)).any():
                    raise ValueError(f"an observation must be in {self.observation_space}")
                states = states * count + place
        numbers = self._numbers[states]
        allowed = np.broadcast_to(allowed, numbers.shape)
        for row in range(rows):
            self._set(self._entry(numbers[row], allowed[row]), done, row)

    def _entry(self, numbers: np.ndarray, allowed: np.ndarray) -> int:
        if not allowed.any():
            raise ValueError("the mask allows no action")
        if self._reading == "PROBABILITIES":
            possible = np.where(allowed, numbers, 0)
            point = self._random.random() * (possible.sum() if not allowed.all() else 1)
            above = np.cumsum(possible) > point
            return int(above.argmax()) if above.any() else int(np.flatnonzero(possible)[-1])
        best = np.flatnonzero(allowed & (numbers == numbers[allowed].max()))
        if len(best) == 1 or self._reading == "GREEDY_FIRST":
            return int(best[0])
        return int(best[self._random.integers(len(best))])

    def _set(self, action: int, done: list[np.ndarray], row: int) -> None:
        for leaf in reversed(self._done.leaves):
            choices = self._choices(leaf.space)
            for i in reversed(range(len(choices))):
                count, start = choices[i]
                action, place = divmod(action, count)
                done[leaf.column][row, leaf.offset + i] = start + place


def load(file: str | os.PathLike[str]) -> Policy:
    """Reads a policy that ``./rl export RUN --to policy.zip`` wrote; needs no JVM.

    :raises BellmanError: if the file is no policy, damaged or of another version
    """
    if os.path.isdir(file):
        raise BellmanError(f"{os.fspath(file)} is a folder; open_run(...).policy reads what a run has learned")
    try:
        with zipfile.ZipFile(file) as archive:
            return Policy(archive.read("README.md").decode(), _Reader(archive.read("policy.state")))
    except (zipfile.BadZipFile, KeyError, struct.error, UnicodeDecodeError) as e:
        raise BellmanError(f"{os.fspath(file)} is no policy, or damaged: {e}") from e
