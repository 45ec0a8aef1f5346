"""Calls a second of Gymnasium's CartPole, alone and by AsyncVectorEnv; a call steps all rows."""

import peers

options = peers.options(__doc__)
gymnasium = peers.needed("gymnasium", "Gymnasium")

STEPS = 2_000


def alone(rows):
    environments = [gymnasium.make("CartPole-v1") for _ in range(rows)]
    for environment in environments:
        environment.reset(seed=0)
    environments[0].action_space.seed(1)
    actions = [int(environments[0].action_space.sample()) for _ in range(STEPS)]

    def run():
        for action in actions:
            for environment in environments:
                _, _, terminated, truncated, _ = environment.step(action)
                if terminated or truncated:
                    environment.reset()

    return STEPS / peers.seconds_per_call(run, options.quick)


def asynchronous(rows):
    environments = gymnasium.make_vec("CartPole-v1", rows, vectorization_mode="async")
    environments.reset(seed=0)
    environments.action_space.seed(1)
    actions = [environments.action_space.sample() for _ in range(STEPS)]

    def run():
        for action in actions:
            environments.step(action)

    try:
        return STEPS / peers.seconds_per_call(run, options.quick)
    finally:
        environments.close()


if __name__ == "__main__":
    native = peers.Results(options.out, "gymnasium-native", f"Gymnasium {gymnasium.__version__}")
    vector = peers.Results(options.out, "gymnasium-vector", f"AsyncVectorEnv of Gymnasium {gymnasium.__version__}")
    for rows in (1, 8, 64):
        for workers in (0, 1, 2):
            native.add(f"GymnasiumStepBenchmark.step[rows={rows},workers={workers}]", alone(rows))
        vector.add(f"GymnasiumStepBenchmark.step[rows={rows},workers=2]", asynchronous(rows))
    native.write()
    vector.write()
