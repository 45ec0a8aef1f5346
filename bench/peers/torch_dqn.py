"""What RL Zoo's settings of DQN reach, seed by seed, with plain PyTorch and Gymnasium.

A second opinion on Bellman's DQN, and on how much the results of seeds differ: the method written
once more, without any of Bellman's code. A seed takes one to three minutes.

    python bench/peers/torch_dqn.py CartPole-v1 0 12          the seeds 0 to 11
    python bench/peers/torch_dqn.py MountainCar-v0 0 10
"""

import dataclasses
import sys

import peers

gymnasium = peers.needed("gymnasium", "Gymnasium")
np = peers.needed("numpy", "NumPy")
torch = peers.needed("torch", "PyTorch")

EPISODES = 100


@dataclasses.dataclass(frozen=True)
class Settings:
    """Those of hyperparams/dqn.yml; its networks have two hidden layers of 256."""

    steps: int
    learning_rate: float
    batch: int
    memory: int
    gamma: float
    copy_every: int
    train_every: int
    updates: int
    exploration: float
    last_epsilon: float
    learning_starts: int = 1_000


TASKS = {
    "CartPole-v1": Settings(50_000, 2.3e-3, 64, 100_000, 0.99, 10, 256, 128, 0.16, 0.04),
    "MountainCar-v0": Settings(120_000, 4e-3, 128, 10_000, 0.98, 600, 16, 8, 0.2, 0.07),
}


def network(inputs, outputs):
    return torch.nn.Sequential(
        torch.nn.Linear(inputs, 256),
        torch.nn.ReLU(),
        torch.nn.Linear(256, 256),
        torch.nn.ReLU(),
        torch.nn.Linear(256, outputs),
    )


def greedy(values, observation):
    with torch.no_grad():
        return int(values(torch.from_numpy(observation)).argmax())


class Memory:
    """The newest transitions."""

    def __init__(self, size, inputs):
        self.observations = np.zeros((size, inputs), np.float32)
        self.nexts = np.zeros((size, inputs), np.float32)
        self.actions = np.zeros((size, 1), np.int64)
        self.rewards = np.zeros((size, 1), np.float32)
        self.goes_on = np.zeros((size, 1), np.float32)
        self.added = 0

    def add(self, observation, action, reward, goes_on, following):
        row = self.added % len(self.actions)
        self.observations[row], self.nexts[row] = observation, following
        self.actions[row], self.rewards[row], self.goes_on[row] = action, reward, goes_on
        self.added += 1

    def batch(self, generator, count):
        rows = generator.integers(0, min(self.added, len(self.actions)), count)
        columns = (self.observations, self.actions, self.rewards, self.goes_on, self.nexts)
        return [torch.from_numpy(column[rows]) for column in columns]


def update(online, target, optimizer, gamma, batch):
    observations, actions, rewards, goes_on, nexts = batch
    with torch.no_grad():
        best = target(nexts).max(dim=1, keepdim=True).values
    loss = torch.nn.functional.smooth_l1_loss(
        online(observations).gather(1, actions), rewards + gamma * goes_on * best
    )
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(online.parameters(), 10.0)
    optimizer.step()


def train(task, seed):
    settings = TASKS[task]
    torch.manual_seed(seed)
    generator = np.random.default_rng(seed)
    environment = gymnasium.make(task)
    inputs, actions = environment.observation_space.shape[0], int(environment.action_space.n)
    online, target = network(inputs, actions), network(inputs, actions)
    target.load_state_dict(online.state_dict())
    optimizer = torch.optim.Adam(online.parameters(), lr=settings.learning_rate)
    memory = Memory(settings.memory, inputs)
    explored = settings.exploration * settings.steps
    observation, _ = environment.reset(seed=seed)
    for step in range(1, settings.steps + 1):
        epsilon = max(settings.last_epsilon, 1 - (1 - settings.last_epsilon) * step / explored)
        if step <= settings.learning_starts or generator.random() < epsilon:
            action = int(generator.integers(actions))
        else:
            action = greedy(online, observation)
        following, reward, terminated, truncated, _ = environment.step(action)
        memory.add(observation, action, reward, not terminated, following)
        observation = following
        if terminated or truncated:
            observation, _ = environment.reset()
        if step % settings.copy_every == 0:
            target.load_state_dict(online.state_dict())
        if step > settings.learning_starts and step % settings.train_every == 0:
            for _ in range(settings.updates):
                batch = memory.batch(generator, settings.batch)
                update(online, target, optimizer, settings.gamma, batch)
    return online


def evaluate(task, values):
    environment = gymnasium.make(task)
    returns = []
    for episode in range(EPISODES):
        observation, _ = environment.reset(seed=10_000 + episode)
        total, over = 0.0, False
        while not over:
            observation, reward, terminated, truncated, _ = environment.step(
                greedy(values, observation)
            )
            total += reward
            over = terminated or truncated
        returns.append(total)
    return float(np.mean(returns))


if len(sys.argv) != 4 or sys.argv[1] not in TASKS:
    sys.exit(f"usage: torch_dqn.py {'|'.join(TASKS)} FIRST_SEED END")
torch.set_num_threads(1)
for seed in range(int(sys.argv[2]), int(sys.argv[3])):
    print(f"seed {seed}: mean return {evaluate(sys.argv[1], train(sys.argv[1], seed)):.1f}", flush=True)
