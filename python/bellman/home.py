"""Where Bellman is, and its command line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Iterable


class BellmanError(RuntimeError):
    """Bellman refused what was asked of it; the message is its own."""


def home() -> Path:
    """Returns the folder of Bellman: a clone or an unpacked distribution, which holds ``rl``.

    That is ``BELLMAN_HOME``, else the clone that this package lies in, else the working folder or one
    above it.
    """
    named = os.environ.get("BELLMAN_HOME")
    if named:
        if not (Path(named) / "rl").is_file():
            raise BellmanError(f"BELLMAN_HOME must be a folder with Bellman's command rl, was {named}")
        return Path(named).resolve()
    here = Path(__file__).resolve().parents[2]
    for folder in (here, Path.cwd(), *Path.cwd().parents):
        if (folder / "rl").is_file() and (folder / "rl-api").is_dir():
            return folder
    raise BellmanError("Bellman was not found: set BELLMAN_HOME to a clone or an unpacked distribution")


def command(*words: str) -> list[str]:
    """Returns the command line of Bellman with these words."""
    return [str(home() / "rl"), *words]


def settings(option: str, values: dict[str, Any]) -> Iterable[str]:
    """Yields ``option name=value`` for each value, written as Python writes it."""
    for name, value in values.items():
        yield option
        yield f"{name}={value if isinstance(value, str) else repr(value)}"
