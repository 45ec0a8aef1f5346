"""Plays episodes with Gymnasium itself, and prints them: NAME STEPS SEED…, actions from random.Random(0).

A line per reset or step: the action's elements, then the observation's as hexadecimal float64, the reward,
terminated and truncated. The limit of the registry holds, as the loop in Java makes it hold.
"""

import random
import sys

import gymnasium
import numpy as np


def flat(value):
    if isinstance(value, tuple):
        return np.concatenate([flat(part) for part in value])
    return np.atleast_1d(np.asarray(value)).ravel().astype(np.float64)


def text(numbers):
    return " ".join(float(number).hex() for number in numbers)


name, steps, seeds = sys.argv[1], int(sys.argv[2]), [int(seed) for seed in sys.argv[3:]]
environment = gymnasium.make(name)
draw = random.Random(0)
ended = True
for _ in range(steps):
    if ended:
        observation, _ = environment.reset(seed=seeds.pop(0))
        print("reset", text(flat(observation).astype(np.float32)), sep=";")
    space = environment.action_space
    if isinstance(space, gymnasium.spaces.Discrete):
        action = draw.randrange(int(space.n))
        acted = [action]
    else:
        acted = [np.float32(draw.uniform(-1, 1)) for _ in range(space.shape[0])]
        action = np.array(acted, np.float32)
    observation, reward, terminated, truncated, _ = environment.step(action)
    ended = terminated or truncated
    print(
        text(acted), text(flat(observation).astype(np.float32)), float(reward).hex(), bool(terminated),
        bool(truncated), sep=";",
    )
