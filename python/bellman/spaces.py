"""Bellman's spaces as Gymnasium's, and how their values lie in columns.

A value takes ints, floats and bytes; those of the parts of a nested space stand one after the other, Dict
by the order of the keys. All arrays here have one line per row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from gymnasium import spaces

INTS, FLOATS, BYTES = 0, 1, 2
DTYPES = (np.int32, np.float32, np.uint8)


@dataclass(frozen=True)
class Leaf:
    """An elementary part: where its numbers lie, and the shape that Gymnasium gives them."""

    space: spaces.Space
    column: int
    offset: int
    width: int

    def get(self, columns: list[np.ndarray]) -> np.ndarray:
        """Returns the values of all rows, as a copy."""
        values = columns[self.column][:, self.offset : self.offset + self.width]
        return values.reshape((len(values), *self.space.shape)).astype(self.space.dtype)

    def put(self, columns: list[np.ndarray], values: Any) -> None:
        """Writes the values of all rows."""
        target = columns[self.column][:, self.offset : self.offset + self.width]
        target[...] = np.asarray(values).reshape(target.shape)


def space_of(said: dict[str, Any]) -> spaces.Space:
    """Makes a space of Gymnasium's from a description of Bellman's."""
    kind = said["kind"]
    if kind == "Discrete":
        return spaces.Discrete(said["n"], start=said["start"])
    if kind == "MultiDiscrete":
        return spaces.MultiDiscrete(said["counts"], start=said["starts"])
    if kind == "MultiBinary":
        return spaces.MultiBinary(said["n"])
    if kind == "Box":
        shape = tuple(said["shape"])
        dtype = np.uint8 if said["dtype"] == "UINT8" else np.float32
        low, high = (
            np.broadcast_to(np.array(said[end], np.float32).reshape(-1), np.prod(shape)).reshape(shape)
            for end in ("low", "high")
        )
        return spaces.Box(low.astype(dtype), high.astype(dtype), shape, dtype)
    if kind == "Tuple":
        return spaces.Tuple([space_of(part) for part in said["parts"]])
    if kind == "Dict":
        return spaces.Dict({key: space_of(part) for key, part in said["parts"].items()})
    raise ValueError(f"unknown kind of space {kind}")


class Layout:
    """How the values of a space lie in columns."""

    def __init__(self, space: spaces.Space):
        self.space = space
        self.leaves: list[Leaf] = []
        self.widths = [0, 0, 0]
        self._tree = self._add(space)

    def _add(self, space: spaces.Space) -> Any:
        if isinstance(space, spaces.Dict):
            return {key: self._add(space.spaces[key]) for key in sorted(space.spaces)}
        if isinstance(space, spaces.Tuple):
            return tuple(self._add(part) for part in space.spaces)
        column = BYTES if space.dtype in (np.uint8, np.int8) else FLOATS if isinstance(space, spaces.Box) else INTS
        width = int(np.prod(space.shape))
        leaf = Leaf(space, column, self.widths[column], width)
        self.widths[column] += width
        self.leaves.append(leaf)
        return leaf

    def get(self, columns: list[np.ndarray]) -> Any:
        """Returns the values of all rows, nested like the space."""
        return self._walk(self._tree, lambda leaf: leaf.get(columns))

    def row(self, columns: list[np.ndarray], row: int) -> Any:
        """Returns the value of a row, nested like the space."""
        one = [column[row : row + 1] for column in columns]

        def value(leaf: Leaf) -> Any:
            first = leaf.get(one)[0]
            return int(first) if isinstance(leaf.space, spaces.Discrete) else first

        return self._walk(self._tree, value)

    def put(self, columns: list[np.ndarray], values: Any) -> None:
        """Writes the values of all rows, nested like the space."""

        def write(node: Any, value: Any) -> None:
            if isinstance(node, Leaf):
                node.put(columns, value)
            elif isinstance(node, dict):
                for key, part in node.items():
                    write(part, value[key])
            else:
                for part, inner in zip(node, value):
                    write(part, inner)

        write(self._tree, values)

    def _walk(self, node: Any, visit: Any) -> Any:
        if isinstance(node, Leaf):
            return visit(node)
        if isinstance(node, dict):
            return {key: self._walk(part, visit) for key, part in node.items()}
        return tuple(self._walk(part, visit) for part in node)
