"""Environments for the tests of rl-gymnasium; they show every kind of space and every kind of failure."""

import os
import time

import gymnasium
import numpy as np
from gymnasium import spaces


class Spaces(gymnasium.Env):
    """Observes what it was last told, in every space that there is a counterpart for."""

    metadata = {"render_modes": ["rgb_array"]}

    def __init__(self, render_mode=None, scale=1.0, names=()):
        self.render_mode = render_mode
        self.scale = scale
        self.names = names
        self.observation_space = spaces.Dict({
            "double": spaces.Box(-1.0, 2.0, (2, 2), np.float64),
            "flag": spaces.Box(0, 1, (2,), np.bool_),
            "inner": spaces.Tuple((
                spaces.Discrete(5, start=-2),
                spaces.Dict({"bits": spaces.MultiBinary((2, 2)), "bytes": spaces.Box(0, 255, (2, 3), np.uint8)}),
            )),
            "multi": spaces.MultiDiscrete([3, 4], start=[10, 20]),
            "number": spaces.Box(-1.0, 1.0, (), np.float32),
            "whole": spaces.Box(-7, 7, (2,), np.int64),
        })
        self.action_space = spaces.Tuple((
            spaces.Discrete(4, start=3),
            spaces.Box(-1.0, 1.0, (2,), np.float64),
            spaces.Box(-5, 5, (1,), np.int16),
            spaces.MultiDiscrete([2, 3], start=[5, 6]),
            spaces.MultiBinary(3),
        ))

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.seed_given = seed
        self.steps = 0
        return self.observation(self.np_random.integers(5) - 2, 0.0), {}

    def observation(self, n, x):
        return {
            "double": np.array([[x, 0.1], [0.2, 0.3]]),
            "flag": np.array([True, False]),
            "inner": (np.int64(n), {
                "bits": np.array([[0, 1], [1, 0]], np.int8),
                "bytes": np.arange(6, dtype=np.uint8).reshape(2, 3) + 250 - self.steps,
            }),
            "multi": np.array([10 + self.steps % 3, 23]),
            "number": np.float32(0.5),
            "whole": np.array([-7, self.steps]),
        }

    def step(self, action):
        assert self.action_space.contains(action), action
        n, x, whole, multi, bits = action
        self.steps += 1
        reward = n + self.scale * x[0] + 10.0 * float(whole[0]) + 100.0 * multi[1] + 1000.0 * float(bits[2])
        return self.observation(n - 5, x[1]), reward, self.steps == 5, False, {}

    def render(self):
        frame = np.zeros((20, 40, 3), np.uint8)
        frame[:, 20:] = (255, 128, self.steps)
        return frame


class Counting(gymnasium.Env):
    """Counts steps; the options say what goes wrong, and when."""

    observation_space = spaces.Discrete(1_000_000)
    action_space = spaces.Discrete(3)

    def __init__(self, fails="", at=-1, length=20, row_pause=0.0):
        self.fails, self.at, self.length, self.row_pause = fails, at, length, row_pause
        if fails == "init":
            raise RuntimeError("it can't be made")

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.steps = 0
        return 0, {}

    def step(self, action):
        self.steps += 1
        if self.row_pause:
            time.sleep(self.row_pause)
        if self.steps == self.at:
            self.fail()
        print("to be kept out of the way", self.steps)
        return self.steps, float(action), self.steps >= self.length, False, {}

    def fail(self):
        if self.fails == "raise":
            raise ValueError("three is too many")
        if self.fails == "exit":
            os._exit(7)
        if self.fails == "segfault":
            import ctypes

            ctypes.string_at(0)
        if self.fails == "hang":
            while True:
                time.sleep(0.01)
        if self.fails == "shape":
            self.steps = np.zeros(3, np.int64)
        if self.fails == "outside":
            self.steps = 2_000_000


class Masked(gymnasium.Env):
    """Allows a single action at a time: the number of steps taken, modulo 3."""

    observation_space = spaces.Discrete(100)
    action_space = spaces.Discrete(3, start=1)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.steps = 0
        return 0, self.info()

    def info(self):
        mask = np.zeros(3, np.int8)
        mask[self.steps % 3] = 1
        return {"action_mask": mask}

    def step(self, action):
        assert action - 1 == self.steps % 3
        self.steps += 1
        return self.steps, 1.0, False, self.steps == 10, self.info()


class Told(gymnasium.Env):
    """A space that there is no counterpart for."""

    observation_space = spaces.Dict({"words": spaces.Text(10)})
    action_space = spaces.Discrete(2)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        return {"words": ""}, {}


class Truncating(Counting):
    """Cuts the memory short that it shares with the JVM."""

    def fail(self):
        for number in os.listdir("/proc/self/fd"):
            try:
                if "memfd:bellman" in os.readlink(f"/proc/self/fd/{number}"):
                    os.ftruncate(int(number), 0)
            except OSError:
                pass


class Lives(gymnasium.Env):
    """Loses one of three lives every fourth step, and says so in its infos."""

    def __init__(self):
        self.observation_space = spaces.Discrete(100)
        self.action_space = spaces.Discrete(2)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.steps = 0
        return 0, {"lives": 3, "half": np.float32(0.5), "name": "x", "many": np.zeros(2)}

    def step(self, action):
        self.steps += 1
        lives = 3 - self.steps // 4
        return self.steps, 1.0, lives == 0, False, {"lives": np.int64(lives)}
