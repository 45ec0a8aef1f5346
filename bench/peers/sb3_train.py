"""Training wall time of Stable-Baselines3 with RL Zoo's settings, on one core: six minutes.

The quick form trains A2C and PPO alone, whole, so that their figures stay comparable: one minute.
"""

import time

import peers

options = peers.options(__doc__)
stable_baselines3 = peers.needed("stable_baselines3", "Stable-Baselines3", "stable-baselines3")

import torch
from stable_baselines3 import A2C, DQN, PPO, SAC
from stable_baselines3.common.env_util import make_vec_env


def falling(start):
    return lambda remaining: remaining * start


def cart_poles(count):
    return make_vec_env("CartPole-v1", n_envs=count, seed=0)


def a2c():
    return A2C("MlpPolicy", cart_poles(8), ent_coef=0.0, device="cpu", seed=0)


def ppo():
    return PPO(
        "MlpPolicy",
        cart_poles(8),
        n_steps=32,
        batch_size=256,
        gae_lambda=0.8,
        gamma=0.98,
        n_epochs=20,
        ent_coef=0.0,
        learning_rate=falling(0.001),
        clip_range=falling(0.2),
        device="cpu",
        seed=0,
    )


def dqn():
    return DQN(
        "MlpPolicy",
        cart_poles(1),
        learning_rate=2.3e-3,
        batch_size=64,
        buffer_size=100_000,
        learning_starts=1000,
        gamma=0.99,
        target_update_interval=10,
        train_freq=256,
        gradient_steps=128,
        exploration_fraction=0.16,
        exploration_final_eps=0.04,
        policy_kwargs={"net_arch": [256, 256]},
        device="cpu",
        seed=0,
    )


def sac():
    pendulum = make_vec_env("Pendulum-v1", n_envs=1, seed=0)
    return SAC("MlpPolicy", pendulum, learning_rate=1e-3, device="cpu", seed=0)


TASKS = {
    "a2c-zoo-100k": (a2c, 100_000),
    "ppo-zoo-100k": (ppo, 100_000),
    "dqn-zoo-50k": (dqn, 50_000),
    "sac-zoo-20k": (sac, 20_000),
}

QUICK = ("a2c-zoo-100k", "ppo-zoo-100k")

torch.set_num_threads(1)
results = peers.Results(options.out, "sb3", f"Stable-Baselines3 {stable_baselines3.__version__}")
for task, (make, steps) in TASKS.items():
    if options.quick and task not in QUICK:
        continue
    learner = make()
    start = time.perf_counter()
    learner.learn(total_timesteps=steps)
    results.add(f"EndToEndBenchmark.train[task={task}]", time.perf_counter() - start)
results.write()
