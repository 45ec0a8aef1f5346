"""Bellman's environments in Gymnasium."""

import re
import subprocess
import warnings

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env

import bellman
from bellman.home import command


@pytest.mark.parametrize("name", ["CartPole-v1", "Blackjack-v1", "MinAtar.Breakout-v1", "DictTask-v1"])
def test_check_env_of_gymnasium_passes(name):
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*(?:precision lowered|infinity|no render fps|render mode).*")
        env = gymnasium.make(f"bellman/{name}", render_mode="rgb_array")
        check_env(env.unwrapped)
        env.close()


@pytest.mark.parametrize("name", ["CartPole-v1", "FrozenLake-v1", "Acrobot-v1"])
def test_steps_are_those_of_gymnasium(name):
    ours, theirs = gymnasium.make(f"bellman/{name}"), gymnasium.make(name)
    actions = np.random.default_rng(0)
    seen, _ = ours.reset(seed=42)
    expected, _ = theirs.reset(seed=42)
    for _ in range(300):
        np.testing.assert_allclose(seen, expected, rtol=1e-5, atol=1e-5)
        action = int(actions.integers(theirs.action_space.n))
        seen, reward, terminated, truncated, _ = ours.step(action)
        expected, *others = theirs.step(action)
        assert (reward, terminated, truncated) == tuple(others[:3])
        if terminated or truncated:
            seen, _ = ours.reset()
            expected, _ = theirs.reset()
    ours.close()


def test_vector_rows_are_single_environments():
    envs = gymnasium.make_vec("bellman/CartPole-v1", num_envs=3)
    env = gymnasium.make("bellman/CartPole-v1")
    actions = np.random.default_rng(1)
    seen, _ = envs.reset(seed=[5, 42, 6])
    alone, _ = env.reset(seed=42)
    ended = False
    ends = 0
    for _ in range(200):
        np.testing.assert_array_equal(seen[1], alone)
        chosen = actions.integers(2, size=3)
        seen, rewards, terminated, truncated, _ = envs.step(chosen)
        if ended:
            alone, _ = env.reset()
            assert rewards[1] == 0 and not terminated[1]
            ended = False
        else:
            alone, reward, *end, _ = env.step(int(chosen[1]))
            assert (rewards[1], terminated[1], truncated[1]) == (reward, *end)
            ended = any(end)
            ends += ended
    assert ends > 3
    envs.close()
    env.close()


def test_step_after_the_end_is_refused():
    env = gymnasium.make("bellman/CartPole-v1", disable_env_checker=True)
    env.reset(seed=0)
    while not any(env.step(0)[2:4]):
        pass
    with pytest.raises(bellman.BellmanError, match="call reset first"):
        env.step(0)
    env.reset()
    env.step(1)
    env.close()


def test_action_outside_the_space_is_refused():
    env = gymnasium.make("bellman/CartPole-v1", disable_env_checker=True)
    env.reset(seed=0)
    with pytest.raises(bellman.BellmanError, match=r"must be in Discrete\(2\), was 7"):
        env.step(7)
    env.close()


def test_options_and_limit_reach_the_environment():
    env = gymnasium.make("bellman/FrozenLake-v1", is_slippery=False, map_name="8x8")
    assert env.observation_space.n == 64
    env.close()
    envs = gymnasium.make_vec("bellman/CartPole-v1", num_envs=2, max_episode_steps=3)
    envs.reset(seed=0)
    ends = [envs.step(np.array([i % 2, i % 2]))[3].all() for i in range(3)]
    assert ends == [False, False, True]
    envs.close()


def test_masks_are_in_the_info():
    env = gymnasium.make("bellman/MaskedTask-v1")
    _, info = env.reset(seed=0)
    assert info["action_mask"].shape == (env.action_space.n,)
    assert env.action_space.sample(info["action_mask"]) in env.action_space
    env.close()


def test_unknown_environment_says_what_there_is():
    with pytest.raises(bellman.BellmanError, match="unknown environment 'CartPol-v1', did you mean 'CartPole-v1'"):
        bellman.Environment("CartPol-v1")


def test_closed_environment_leaves_no_jvm():
    env = bellman.Environment("CartPole-v1")
    process = env._server.process
    env.close()
    env.close()
    assert process.poll() is not None


def test_all_environments_are_registered():
    out = subprocess.run(command("envs"), capture_output=True, text=True, check=True).stdout
    there = {line.split()[0] for line in out.splitlines() if re.match(r"\S+-v\d+  ", line)}
    registered = {spec.kwargs["name"] for spec in gymnasium.registry.values() if spec.namespace == "bellman"}
    assert there == registered
