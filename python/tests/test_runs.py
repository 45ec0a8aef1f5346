"""Training and policies from Python."""

import json
import subprocess

import gymnasium
import numpy as np
import pytest

import bellman
from bellman.home import command
from bellman.policies import _Layers
from my_envs import Corridor, Hidden


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    return bellman.train(
        "q-learning", "FrozenLake-v1", env_options={"is_slippery": False}, steps=5000, progress=False,
        out=tmp_path_factory.mktemp("runs") / "table", step_size=0.5,
    )


def test_train_metrics_are_a_structured_array(table):
    metrics = table.metrics
    assert metrics.dtype.names[:4] == ("episode", "step", "return", "length")
    assert metrics["step"].dtype == np.int64
    assert (np.diff(metrics["step"]) > 0).all()
    assert metrics["return"].max() == 1
    assert bellman.open_run(table.path).summary == table.summary


def test_train_what_bellman_refuses_is_raised():
    with pytest.raises(bellman.BellmanError, match="unknown option 'step_siz', did you mean 'step_size'"):
        bellman.train("q-learning", "FrozenLake-v1", step_siz=0.1)


def test_policy_of_a_table_reaches_the_goal(table):
    env = gymnasium.make("FrozenLake-v1", is_slippery=False)
    seen, _ = env.reset(seed=0)
    ended, earned = False, 0
    while not ended:
        seen, reward, terminated, truncated, _ = env.step(table.policy.predict(seen))
        ended, earned = terminated or truncated, earned + reward
    assert earned == 1
    assert table.policy.predict(np.arange(16)).shape == (16,)


@pytest.mark.parametrize("name, learner, options", [
    ("CartPole-v1", "dqn", {}),
    ("CartPole-v1", "ppo", {}),
    ("CartPole-v1", "ppo", {"hidden": "[dense 16 none, residual 16]"}),
    ("MinAtar/Freeway-v1", "ppo", {"hidden": "[layer-norm, conv 4 3 1 0 none, layer-norm, flatten, 8, layer-norm]"}),
    ("BitFlipping-v1", "dqn", {"hidden": "[observation: [16, layer-norm], desired_goal: 8, 16]"}),
    ("FrozenLake-v1", "ppo", {"hidden": "[embedding 8, 16]"}),
    ("MultiDiscreteTask-v1", "ppo", {"hidden": "[embedding 4, 8]"}),
    ("CartPole-v1", "ppo", {"hidden": "[hyper-embedding 16, hyper-block 16 2 0.3 relu]"}),
    ("CartPole-v1", "ppo", {"hidden": "[lstm 8, 16]"}),
    ("CartPole-v1", "dqn", {"hidden": "[dense 8 none, gru 8]", "learning_starts": 100}),
    ("Pendulum-v1", "sac", {"hidden": "[lstm 8, 8]", "learning_starts": 100}),
    ("Pendulum-v1", "ppo", {"sde": True}),
    ("Pendulum-v1", "stream-ac", {}),
    ("CartPole-v1", "qr-dqn", {}),
    ("CartPole-v1", "iqn", {}),
    ("CartPole-v1", "c51", {}),
    ("Pendulum-v1", "sac", {"learning_starts": 100}),
    ("Pendulum-v1", "td3", {"learning_starts": 100}),
    ("Pendulum-v1", "crossq", {"learning_starts": 100}),
    ("FrozenLake-v1", "q-learning", {}),
])
def test_policy_acts_as_in_java(tmp_path, name, learner, options):
    """The whole evaluation is the same if every action is."""
    seeds = range(6)
    run = bellman.train(learner, name, seed=3, steps=600, progress=False, out=tmp_path / "run", **options)
    out = subprocess.run(
        command("eval", str(run.path), "--seeds", ",".join(map(str, seeds)), "--json"),
        capture_output=True, text=True, check=True,
    ).stdout
    env = gymnasium.make("bellman/" + name.replace("/", "."))
    policy = run.policy
    returns = []
    for seed in seeds:
        seen, _ = env.reset(seed=seed)
        begun, ended, earned = True, False, 0.0
        while not ended:
            seen, reward, terminated, truncated, _ = env.step(policy.predict(seen, episode_start=begun))
            begun, ended, earned = False, terminated or truncated, earned + reward
        returns.append(earned)
    env.close()
    assert np.mean(returns) == pytest.approx(json.loads(out)["meanReturn"], rel=1e-6)
    assert run.policy.environment == name


def test_recurrent_policy_remembers_each_row_of_a_batch(tmp_path):
    run = bellman.train(
        "ppo", "Pendulum-v1", seed=1, steps=300, progress=False, out=tmp_path / "run", hidden="[lstm 8, 8]",
    )
    policy = run.policy
    assert policy.recurrent
    seen = np.random.default_rng(0).uniform(-1, 1, (3, 2, 3)).astype(np.float32)
    alone = [[policy.predict(seen[t, row], episode_start=t == 0).item() for t in range(3)] for row in range(2)]
    with pytest.raises(ValueError, match="remembers 1 episodes, and this is a batch of 2: say episode_start=True"):
        policy.predict(seen[0])
    together = [policy.predict(seen[t], episode_start=t == 0).ravel() for t in range(3)]
    np.testing.assert_allclose(np.stack(together, 1), alone, rtol=1e-5)
    # Row 1 begins a new episode in the middle of that of row 0.
    begun = policy.predict(seen[0], episode_start=[False, True]).ravel()
    assert begun[1] == pytest.approx(alone[1][0], rel=1e-5)
    assert begun[0] != pytest.approx(alone[0][0], rel=1e-5)


class Written:
    """Gives values as a policy's reader does, by their names."""

    def __init__(self, *values):
        self.values = list(values)

    def begin(self, name):
        pass

    def end(self):
        pass

    def next(self, name):
        expected, value = self.values.pop(0)
        assert name == expected
        return value


def test_parallel_layers_join_what_leaves_their_branches():
    state = Written(
        ("layers", 1),
        ("type", "Parallel"), ("branches", 2),
        ("from", 0), ("extents", np.array([2, 2, 1])), ("layers", 2),
        ("type", "Convolution2d"), ("filters", 1), ("kernel", 2), ("stride", 1), ("padding", 0), ("activation", "RELU"),
        ("type", "Flatten"),
        ("from", 3), ("extents", np.array([2])), ("layers", 0),
        ("0/0/0/weights", np.float32([1, 2, 3, 4])), ("0/0/0/bias", np.float32([-1])),
    )
    layers = _Layers.read(state)
    layers.read_numbers(state, "")
    assert layers(np.float32([[1, 1, 1, 1, 7], [-1, 0, 0, 0, 8]])).tolist() == [[9, 1, 7], [0, 0, 8]]


@pytest.mark.parametrize("softmax, expected", [(False, [2.0, -1.0]), (True, [1.0, 0.0])])
def test_expectation_is_the_mean_of_each_distribution(softmax, expected):
    state = Written(
        ("layers", 1),
        ("type", "Expectation"), ("actions", 2), ("softmax", softmax), ("low", -1.0), ("high", 1.0),
    )
    outputs = np.float32([[0, 0, 6, -1, -1, -1]] if not softmax else [[0, 0, 200, 5, 5, 5]])
    assert _Layers.read(state)(outputs)[0].tolist() == pytest.approx(expected)


def test_convolution_is_the_sum_over_windows():
    images = np.random.default_rng(0).normal(size=(2, 6, 5, 3)).astype(np.float32)
    weights = np.random.default_rng(1).normal(size=(2, 2, 3, 4)).astype(np.float32)
    said = {"kernel": 2, "stride": 2, "padding": 1}
    numbers = {"weights": weights.ravel(), "bias": np.arange(4, dtype=np.float32)}
    result = _Layers._convolution(images, said, numbers)
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)))
    assert result.shape == (2, 4, 3, 4)
    for y in range(4):
        for x in range(3):
            window = padded[:, 2 * y : 2 * y + 2, 2 * x : 2 * x + 2]
            expected = np.einsum("nhwc,hwcf->nf", window, weights) + numbers["bias"]
            np.testing.assert_allclose(result[:, y, x], expected, rtol=1e-5, atol=1e-5)


def test_train_own_environment_learns(tmp_path):
    run = bellman.train("q-learning", Corridor, steps=400, progress=False, out=tmp_path / "run")
    assert run.policy.predict(np.arange(3)).tolist() == [1, 1, 1]


def test_train_class_that_cannot_be_imported_is_refused():
    with pytest.raises(bellman.BellmanError, match="Hidden.Inner must stand at the top of a file"):
        bellman.train("q-learning", Hidden.Inner)


def test_load_damaged_file_is_refused(tmp_path):
    file = tmp_path / "policy.zip"
    file.write_bytes(b"PK nothing")
    with pytest.raises(bellman.BellmanError, match="is no policy"):
        bellman.load(file)


def test_load_folder_is_refused_with_the_way_to_its_policy(tmp_path):
    with pytest.raises(bellman.BellmanError, match="is a folder; open_run"):
        bellman.load(tmp_path)
