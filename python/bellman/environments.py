"""Bellman's environments in Gymnasium: ``gymnasium.make("bellman/CartPole-v1")`` and ``make_vec``.

They run in a JVM that this process starts, over shared memory. ``reset(seed=s)`` begins with the same stream
as in Java, so that episodes are the same step for step. Where an id of Bellman's has a namespace, Gymnasium's
has a dot: ``MinAtar/Breakout-v1`` is ``bellman/MinAtar.Breakout-v1``.
"""

from __future__ import annotations

from importlib import resources
from typing import Any, Sequence

import gymnasium
import numpy as np
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space

from bellman.server import PICTURE, RESET, STEP, Server

_HEIGHT = 400


def register(*ids: str) -> None:
    """Registers environments by their ids in Bellman, such as those of a plugin in ``RL_PLUGINS``."""
    for name in ids:
        gymnasium.register(
            id="bellman/" + name.replace("/", "."),
            entry_point="bellman.environments:Environment",
            vector_entry_point="bellman.environments:VectorEnvironment",
            kwargs={"name": name},
        )


def register_all() -> None:
    """Registers all environments that come with Bellman."""
    listed = resources.files("bellman").joinpath("environments.txt").read_text().split()
    register(*(name for name in listed if "bellman/" + name.replace("/", ".") not in gymnasium.registry))


def _picture(server: Server, row: int) -> np.ndarray:
    width = max(1, round(_HEIGHT * server.aspect))
    pixels = server.call(PICTURE, row, width << 32 | _HEIGHT)
    return np.frombuffer(pixels, np.uint8).reshape(_HEIGHT, width, 3)


def _check(mode: str | None, server: Server, name: str) -> None:
    if mode is not None and (mode != "rgb_array" or not server.aspect):
        server.close()
        raise ValueError(f"{name} can't be rendered as {mode}: {'rgb_array is' if server.aspect else 'nothing is'} possible")


class Environment(gymnasium.Env):
    """An environment of Bellman's, alone.

    Episodes are cut at Bellman's own limit, or earlier by ``gymnasium.make(…, max_episode_steps=N)``. Masks
    of actions are ``info["action_mask"]``.

    :param name: the id in Bellman
    :param render_mode: ``"rgb_array"`` or nothing
    :param options: the environment's own, as of ``./rl train … --env name=value``
    """

    metadata = {"render_modes": ["rgb_array"], "render_fps": 30}

    def __init__(self, name: str, render_mode: str | None = None, **options: Any):
        self._server = Server(name, 1, options)
        _check(render_mode, self._server, name)
        self.render_mode = render_mode
        self.observation_space = self._server.observations.space
        self.action_space = self._server.actions.space

    def _seen(self) -> tuple[Any, dict[str, Any]]:
        server = self._server
        info = {"action_mask": server.mask[0].astype(np.int8)} if server.mask_width else {}
        return server.observations.row(server.observation_columns, 0), info

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, dict[str, Any]]:
        begun = self._np_random is not None
        super().reset(seed=seed)
        server = self._server
        if seed is None:
            seed = -1 if begun else int(self.np_random.integers(2**31))
        server.listed[0], server.seeds[0] = 0, seed
        server.call(RESET, 1)
        return self._seen()

    def step(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        server = self._server
        server.actions.put(server.action_columns, action)
        server.call(STEP, 1)
        observation, info = self._seen()
        return observation, float(server.rewards[0]), bool(server.terminated[0]), bool(server.truncated[0]), info

    def render(self) -> np.ndarray | None:
        return None if self.render_mode is None else _picture(self._server, 0)

    def close(self) -> None:
        self._server.close()


class VectorEnvironment(VectorEnv):
    """Many environments of Bellman's, stepped together in one JVM.

    Rows that have ended begin a new episode in the next step, as in Gymnasium's own vectors; that step's action is
    not played, and its reward is 0. Arrays that are returned are copies.

    :param name: the id in Bellman
    :param num_envs: how many
    :param options: the environment's own, as of ``./rl train … --env name=value``
    """

    metadata = {"render_modes": ["rgb_array"], "render_fps": 30, "autoreset_mode": AutoresetMode.NEXT_STEP}

    def __init__(
        self,
        name: str,
        num_envs: int = 1,
        render_mode: str | None = None,
        max_episode_steps: int | None = None,
        **options: Any,
    ):
        if max_episode_steps is not None:
            options["max_episode_steps"] = max_episode_steps
        self._server = Server(name, num_envs, options)
        _check(render_mode, self._server, name)
        self.render_mode = render_mode
        self.num_envs = num_envs
        self.single_observation_space = self._server.observations.space
        self.single_action_space = self._server.actions.space
        self.observation_space = batch_space(self.single_observation_space, num_envs)
        self.action_space = batch_space(self.single_action_space, num_envs)
        self._begun = False

    def _seen(self) -> tuple[Any, dict[str, Any]]:
        server = self._server
        info = {"action_mask": server.mask.astype(np.int8)} if server.mask_width else {}
        return server.observations.get(server.observation_columns), info

    def reset(
        self, *, seed: int | Sequence[int | None] | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Any, dict[str, Any]]:
        server = self._server
        if seed is None:
            seeds: Any = [-1] * self.num_envs if self._begun else np.random.default_rng().integers(2**31, size=self.num_envs)
        elif isinstance(seed, (int, np.integer)):
            seeds = np.arange(seed, seed + self.num_envs)
        else:
            seeds = [-1 if one is None else one for one in seed]
        rows = np.arange(self.num_envs)
        if options and "reset_mask" in options:
            rows = np.flatnonzero(options["reset_mask"])
        server.seeds[...] = seeds
        server.listed[: len(rows)] = rows
        server.call(RESET, len(rows))
        self._begun = True
        return self._seen()

    def step(self, actions: Any) -> tuple[Any, np.ndarray, np.ndarray, np.ndarray, dict[str, Any]]:
        server = self._server
        server.actions.put(server.action_columns, actions)
        server.call(STEP, self.num_envs, 1)
        observations, info = self._seen()
        return observations, server.rewards.copy(), server.terminated.copy(), server.truncated.copy(), info

    def render(self) -> tuple[np.ndarray, ...] | None:
        if self.render_mode is None:
            return None
        return tuple(_picture(self._server, row) for row in range(self.num_envs))

    def close_extras(self, **kwargs: Any) -> None:
        self._server.close()
