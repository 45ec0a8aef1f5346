"""An environment that a user of the package wrote."""

import gymnasium
from gymnasium import spaces


class Corridor(gymnasium.Env):
    """Three rooms in a row; to the right is the exit."""

    observation_space = spaces.Discrete(4)
    action_space = spaces.Discrete(2)

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.room = int(self.np_random.integers(3))
        return self.room, {}

    def step(self, action):
        self.room = max(0, self.room + (1 if action == 1 else -1))
        return self.room, 1.0 if self.room == 3 else -0.1, self.room == 3, False, {}


class Hidden:
    """Holds a class that another process can't import."""

    class Inner(Corridor):
        pass
