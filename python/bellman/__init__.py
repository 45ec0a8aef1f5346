"""Bellman's environments, learners and policies from Python.

* ``gymnasium.make("bellman/CartPole-v1")`` and ``gymnasium.make_vec``: see :mod:`bellman.environments`;
* :func:`train` and :func:`open_run`: what ``./rl train`` does, as a call;
* :func:`load`: a policy as NumPy computes it, without a JVM;
* :class:`Client`: a learner that ``./rl serve`` runs, for a program that owns its loop.
"""

from bellman.client import Client, Episode
from bellman.environments import Environment, VectorEnvironment, register, register_all
from bellman.home import BellmanError, home
from bellman.policies import Policy, load
from bellman.runs import Run, open_run, train

__all__ = [
    "BellmanError",
    "Client",
    "Environment",
    "Episode",
    "Policy",
    "Run",
    "VectorEnvironment",
    "home",
    "load",
    "open_run",
    "register",
    "train",
]

register_all()
