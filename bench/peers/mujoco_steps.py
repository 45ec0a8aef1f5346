"""Steps a second of Gymnasium's MuJoCo tasks, actions drawn beforehand, resets included."""

import peers

options = peers.options(__doc__)
gymnasium = peers.needed("gymnasium", "Gymnasium")
peers.needed("mujoco", "MuJoCo")
for module in ("imageio", "packaging"):
    peers.needed(module, module, "gymnasium[mujoco]")

STEPS = 5_000
TASKS = [
    "Ant-v5",
    "HalfCheetah-v5",
    "Hopper-v5",
    "Humanoid-v5",
    "HumanoidStandup-v5",
    "InvertedDoublePendulum-v5",
    "InvertedPendulum-v5",
    "Pusher-v5",
    "Reacher-v5",
    "Swimmer-v5",
    "Walker2d-v5",
]


def steps_per_second(task):
    environment = gymnasium.make(task)
    environment.reset(seed=0)
    environment.action_space.seed(1)
    actions = [environment.action_space.sample() for _ in range(STEPS)]

    def run():
        for action in actions:
            _, _, terminated, truncated, _ = environment.step(action)
            if terminated or truncated:
                environment.reset()

    return STEPS / peers.seconds_per_call(run, options.quick)


results = peers.Results(options.out, "mujoco", f"Gymnasium {gymnasium.__version__}")
for task in TASKS:
    results.add(f"MujocoStepBenchmark.step[task={task}]", steps_per_second(task))
results.write()
