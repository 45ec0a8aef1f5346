"""Plays an Atari game under Gymnasium's AtariPreprocessing, and prints it: NAME STEPS SEED…, actions from random.Random(0).

A line per reset or step: the action, the picture as hexadecimal bytes, the reward, terminated and truncated. OpenCV
need not be installed: the only function of it that the wrapper calls is here, with exact arithmetic.
"""

import random
import sys
import types

import ale_py
import gymnasium
import numpy as np


def cover(size, to):
    """How much of each old pixel lies under each new one, in units of 1/to of an old pixel."""
    begin = np.arange(to)[:, None] * size
    low = np.maximum(begin, np.arange(size)[None, :] * to)
    high = np.minimum(begin + size, (np.arange(size)[None, :] + 1) * to)
    return np.maximum(high - low, 0)


def resize(picture, size, interpolation):
    """Means by area, exact halves rounded to the even number."""
    height, width = picture.shape
    sums = cover(height, size[1]) @ picture.astype(np.int64) @ cover(width, size[0]).T
    whole, rest = np.divmod(sums, height * width)
    up = (2 * rest > height * width) | ((2 * rest == height * width) & (whole % 2 == 1))
    return (whole + up).astype(np.uint8)


sys.modules["cv2"] = types.SimpleNamespace(resize=resize, INTER_AREA=3)
gymnasium.register_envs(ale_py)
name, steps, seeds = sys.argv[1], int(sys.argv[2]), [int(seed) for seed in sys.argv[3:]]
environment = gymnasium.wrappers.AtariPreprocessing(gymnasium.make(name, frameskip=1), noop_max=0)
draw = random.Random(0)
ended = True
for _ in range(steps):
    if ended:
        picture, _ = environment.reset(seed=seeds.pop(0))
        print("reset", picture.tobytes().hex(), sep=";")
    action = draw.randrange(int(environment.action_space.n))
    picture, reward, terminated, truncated, _ = environment.step(action)
    ended = terminated or truncated
    print(action, picture.tobytes().hex(), float(reward).hex(), bool(terminated), bool(truncated), sep=";")
