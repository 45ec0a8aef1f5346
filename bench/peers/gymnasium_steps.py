"""Steps a second of Gymnasium's environments, actions drawn beforehand, resets included."""

import peers

options = peers.options(__doc__)
gymnasium = peers.needed("gymnasium", "Gymnasium")
numpy = peers.needed("numpy", "NumPy")

STEPS = 10_000
BATCH = 1024
TASKS = {
    "CartPole": "CartPole-v1",
    "FrozenLake": "FrozenLake-v1",
    "Pendulum": "Pendulum-v1",
    "Acrobot": "Acrobot-v1",
}


def single(task):
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


def cart_poles():
    """Gymnasium's own batched form, the only one it has of these tasks."""
    environment = gymnasium.make_vec("CartPole-v1", BATCH, vectorization_mode="vector_entry_point")
    environment.reset(seed=0)
    random = numpy.random.default_rng(1)
    actions = random.integers(0, 2, size=(64, BATCH))

    def run():
        for action in actions:
            environment.step(action)

    return len(actions) * BATCH / peers.seconds_per_call(run, options.quick)


results = peers.Results(options.out, "gymnasium", f"Gymnasium {gymnasium.__version__}")
for name, task in TASKS.items():
    results.add(f"EnvStepBenchmark.single[task={name}]", single(task))
results.add("EnvStepBenchmark.batch[task=CartPole]", cart_poles())
results.write()
