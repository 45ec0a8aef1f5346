"""PPO of RLlib on CartPole-v1, spread over env runners: does the result depend on how many there are, or on one being killed?

The environments are six in every run, however many runners step them. The settings are those of

    ./rl train ppo CartPole-v1 --envs 6 --steps 36000 --set n_steps=400 --set batch_size=120 --set n_epochs=6 \
        --set learning_rate=0.0003 --set gamma=0.99 --set gae_lambda=0.95 --set clip_range=0.2

pip install 'ray[rllib]==2.58.0' torch gymnasium
"""

import argparse
import hashlib
import json
import time

from peers import needed

ray = needed("ray", "Ray", "'ray[rllib]'")
from ray.rllib.algorithms.ppo import PPOConfig  # noqa: E402: where Ray is not installed, the script has ended
from ray.rllib.core.rl_module.default_model_config import DefaultModelConfig  # noqa: E402

ENVIRONMENTS = 6


def train(runners, kill, iterations):
    """Trains; kills a runner, which is started again, in the middle. Returns a line of the table."""
    ray.init(num_cpus=runners + 1, include_dashboard=False, log_to_driver=False)
    config = (
        PPOConfig()
        .environment("CartPole-v1")
        .env_runners(num_env_runners=runners, num_envs_per_env_runner=ENVIRONMENTS // runners)
        .fault_tolerance(restart_failed_env_runners=True)
        .debugging(seed=0)
        .rl_module(model_config=DefaultModelConfig(fcnet_hiddens=[64, 64], fcnet_activation="tanh", vf_share_layers=False))
        .training(
            train_batch_size_per_learner=2400,
            minibatch_size=120,
            num_epochs=6,
            lr=0.0003,
            gamma=0.99,
            lambda_=0.95,
            clip_param=0.2,
            use_kl_loss=False,
            vf_loss_coeff=0.5,
            vf_clip_param=float("inf"),
            grad_clip=0.5,
            grad_clip_by="global_norm",
        )
    )
    algorithm = config.build_algo()
    returns, begun, spent = [], time.perf_counter(), 0.0
    for i in range(iterations):
        if kill and i == iterations // 2:
            ray.kill(algorithm.env_runner_group._worker_manager.actors()[1], no_restart=False)
        result = algorithm.train()
        returns.append(result["env_runners"].get("episode_return_mean"))
        if i == 0:
            begun = time.perf_counter()  # the first iteration warms up
        spent = time.perf_counter() - begun
    digest = hashlib.sha256()
    for name, value in sorted(algorithm.get_module().state_dict().items()):
        digest.update(name.encode() + value.cpu().numpy().tobytes())
    return {
        "runners": runners,
        "killed": kill,
        "ray": ray.__version__,
        "returns": [None if value is None else round(value, 1) for value in returns],
        "parameters": digest.hexdigest()[:8],
        "steps_per_second": round(2400 * (iterations - 1) / spent),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runners", type=int, default=2, choices=(1, 2, 3, 6))
    parser.add_argument("--kill", action="store_true", help="kill a runner in the middle")
    parser.add_argument("--iterations", type=int, default=15)
    arguments = parser.parse_args()
    print(json.dumps(train(arguments.runners, arguments.kill, arguments.iterations)))


if __name__ == "__main__":
    main()
