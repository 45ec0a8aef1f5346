"""Training: :func:`train` does what ``./rl train`` does, and gives back the :class:`Run`.

A run is a folder, the same whether it was made here or on the command line.
"""

from __future__ import annotations

import csv
import inspect
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Sequence

import gymnasium
import numpy as np

from bellman.home import BellmanError, command, settings
from bellman.policies import Policy, load

_SAVED = re.compile(r"^(?:saved in|interrupted after .* is in) (.*)$")


class Run:
    """A run that was trained, or is being trained elsewhere."""

    def __init__(self, path: str | os.PathLike[str]):
        self.path = Path(path)
        if not (self.path / "run.yaml").is_file():
            raise BellmanError(f"{path} is no run: it has no run.yaml")
        self._policy: Policy | None = None

    @property
    def metrics(self) -> np.ndarray:
        """What happened, a line per ended episode: a structured array.

        Its fields are those of ``metrics.csv``: ``episode``, ``step``, ``return``, ``length`` and the
        learner's own, NaN where there was none yet. ``pandas.DataFrame(run.metrics)`` is a table of them.
        """
        with open(self.path / "metrics.csv", newline="") as file:
            lines = list(csv.reader(file))
        whole = {"episode", "step", "length"}
        columns = []
        for i, name in enumerate(lines[0]):
            texts = [line[i] for line in lines[1:]]
            exact = name in whole and all(text.isdigit() for text in texts)
            columns.append(np.array([text or "nan" for text in texts]).astype(np.int64 if exact else np.float64))
        table = np.empty(len(lines) - 1, [(name, column.dtype) for name, column in zip(lines[0], columns)])
        for name, column in zip(lines[0], columns):
            table[name] = column
        return table

    @property
    def summary(self) -> dict[str, Any]:
        """How it ended: the content of ``summary.json``."""
        return json.loads((self.path / "summary.json").read_text())

    @property
    def policy(self) -> Policy:
        """What was learned, as NumPy computes it."""
        if self._policy is None:
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "policy.zip"
                _call("export", str(self.path), "--to", str(file))
                self._policy = load(file)
        return self._policy

    def __repr__(self) -> str:
        return f"Run({str(self.path)!r})"


def open_run(path: str | os.PathLike[str]) -> Run:
    """Opens the folder of a run."""
    return Run(path)


def train(
    learner: str,
    env: str | type[gymnasium.Env],
    *,
    seed: int = 0,
    steps: int | None = None,
    episodes: int | None = None,
    envs: int | None = None,
    env_options: dict[str, Any] | None = None,
    wrap: Sequence[str] = (),
    out: str | os.PathLike[str] | None = None,
    progress: bool = True,
    **options: Any,
) -> Run:
    """Trains a learner and returns the run.

    :param learner: its id, as ``./rl learners`` lists them
    :param env: the id of an environment, as ``./rl envs`` lists them; ``gym/NAME`` for one of Gymnasium's;
        or a class of yours that is a :class:`gymnasium.Env`, defined in a file that can be imported again
    :param seed: everything random comes from it
    :param steps: how long, in steps; else a preset says it
    :param episodes: how long, in episodes
    :param envs: how many environments are stepped together
    :param env_options: options of the environment
    :param wrap: wrappers, the innermost first, written as for ``--wrap``
    :param out: the folder of the run, new or empty; else one in ``runs``
    :param progress: whether the command's progress bar and result are shown
    :param options: of the learner, as for ``--set``
    :raises BellmanError: if Bellman refuses; the message says why
    """
    words = ["train", learner]
    environment_options = dict(env_options or {})
    if isinstance(env, str):
        words.append(env)
    else:
        module = _module(env)
        words.append(f"gym/{env.__name__}")
        environment_options["module"] = module
    for option, value in (("--steps", steps), ("--episodes", episodes), ("--envs", envs), ("--out", out)):
        if value is not None:
            words += [option, str(value)]
    words += ["--seed", str(seed), *settings("--env", environment_options), *settings("--set", options)]
    for wrapper in wrap:
        words += ["--wrap", wrapper]
    with subprocess.Popen(
        command(*words),
        stdout=subprocess.PIPE,
        stderr=None if progress and sys.stderr.isatty() else subprocess.PIPE,
        text=True,
        env=_variables(),
    ) as process:
        folder = None
        try:
            for line in process.stdout or ():
                if progress:
                    print(line, end="", flush=True)
                found = _SAVED.match(line.strip())
                folder = found.group(1) if found else folder
        except KeyboardInterrupt:
            process.wait()  # it has heard the same Ctrl-C, and saves
            raise
        errors = process.stderr.read() if process.stderr else ""
    if process.returncode != 0 or folder is None:
        raise BellmanError(errors.strip() or f"rl {' '.join(words)} ended with status {process.returncode}")
    return Run(folder)


def _module(env: type[gymnasium.Env]) -> str:
    """Returns what the worker of another process imports to find a class."""
    if "<locals>" in env.__qualname__ or "." in env.__qualname__:
        raise BellmanError(f"{env.__qualname__} must stand at the top of a file, for another process to import it")
    if env.__module__ != "__main__":
        return env.__module__
    try:
        return str(Path(inspect.getfile(env)).resolve(strict=True))
    except (TypeError, OSError):
        raise BellmanError(
            f"{env.__name__} must be defined in a file, for another process to import it: move it to a module"
        ) from None


def _variables() -> dict[str, str]:
    """The environment variables of a command: it may import what this process can."""
    return {
        **os.environ,
        "RL_PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }


def _call(*words: str) -> None:
    done = subprocess.run(command(*words), capture_output=True, text=True, env=_variables())
    if done.returncode != 0:
        raise BellmanError(done.stderr.strip() or f"rl {' '.join(words)} ended with status {done.returncode}")
