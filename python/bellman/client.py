"""A learner or a policy that ``./rl serve`` runs, for a program that owns its loop.

::

    learner = bellman.Client("http://localhost:8420")
    while True:
        episode = learner.begin(simulator.observation())
        while episode.action is not None:
            simulator.do(episode.action)
            episode.step(simulator.reward(), simulator.observation(), terminated=simulator.over())
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from typing import Any

import numpy as np

from bellman.home import BellmanError


def _plain(value: Any) -> Any:
    """Returns a value as JSON can have it."""
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} can't be sent")


class Episode:
    """An episode that is played here.

    :ivar action: what to do next; None when the episode has ended
    """

    def __init__(self, client: Client, number: int, action: Any):
        self._client = client
        self._path = f"/episodes/{number}"
        self.action = action

    def step(
        self, reward: float, observation: Any, terminated: bool = False, truncated: bool = False, mask: Any = None
    ) -> Any:
        """Tells what came of the action, and returns the next one; None if the episode has ended.

        :param observation: a value of the task's observation space: numbers, arrays, or a dict of such
        """
        told = {
            "reward": float(reward), "observation": observation, "terminated": bool(terminated),
            "truncated": bool(truncated),
        }
        if mask is not None:
            told["mask"] = np.asarray(mask, bool).tolist()
        self.action = self._client._ask("POST", self._path, told).get("action")
        return self.action

    def abandon(self) -> None:
        """Gives the episode up; it is not counted."""
        self._client._ask("DELETE", self._path)
        self.action = None


class Client:
    """A connection to ``./rl serve``.

    :param url: where it is
    :param secret: what it asks for; ``BELLMAN_SECRET`` of the environment if left out
    """

    def __init__(self, url: str, secret: str | None = None):
        self._url = url.rstrip("/")
        self._secret = os.environ.get("BELLMAN_SECRET", "") if secret is None else secret

    def begin(self, observation: Any, mask: Any = None) -> Episode:
        """Begins an episode with its first observation."""
        told = {"observation": observation}
        if mask is not None:
            told["mask"] = np.asarray(mask, bool).tolist()
        answer = self._ask("POST", "/episodes", told)
        return Episode(self, answer["episode"], answer["action"])

    def status(self) -> dict[str, Any]:
        """Returns what is served, and how far it is."""
        return self._ask("GET", "/")

    def _ask(self, method: str, path: str, told: Any = None) -> dict[str, Any]:
        data = None if told is None else json.dumps(told, default=_plain).encode()
        request = urllib.request.Request(self._url + path, data, method=method)
        if self._secret:
            request.add_header("Authorization", "Bearer " + self._secret)
        try:
            with urllib.request.urlopen(request) as response:
                content = response.read()
        except urllib.error.HTTPError as e:
            try:
                message = json.loads(e.read())["error"]
            except (ValueError, KeyError):
                message = str(e)
            raise BellmanError(message) from None
        except urllib.error.URLError as e:
            raise BellmanError(f"{self._url} can't be reached: {e.reason}") from e
        return json.loads(content) if content else {}
