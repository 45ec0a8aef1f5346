package org.bellmanrl.bench.shape;

import org.bellmanrl.api.random.RandomStream;

/**
 * The shape that was not chosen: typed observations and actions, an object per step and transition.
 */
final class Typed {
  private Typed() {}

  interface Environment<O, A> {
    O reset(RandomStream random);

    Step<O> step(A action, RandomStream random);
  }

  record Step<O>(O observation, double reward, double discount, boolean terminated) {}

  record Transition<O, A>(O observation, A action, Step<O> step) {}

  interface Policy<O, A> {
    A act(O observation, RandomStream random);
  }

  interface Learner<O, A> {
    void observe(Transition<O, A> transition);
  }

  /** Runs {@code steps} steps; the current observation is handed in and out. */
  static <O, A> O run(
      Environment<O, A> environment,
      Policy<O, A> policy,
      Learner<O, A> learner,
      O observation,
      RandomStream random,
      RandomStream exploration,
      int steps) {
    O current = observation;
    for (int i = 0; i < steps; i++) {
      A action = policy.act(current, exploration);
      Step<O> step = environment.step(action, random);
      learner.observe(new Transition<>(current, action, step));
      current = step.terminated() ? environment.reset(random) : step.observation();
    }
    return current;
  }

  /** The lake; {@code variant} classes of it make the call sites see more than one type. */
  static class LakeEnvironment implements Environment<Integer, Integer> {
    private final int[] next = Lake.next();
    private final boolean[] terminal = Lake.terminal();
    private final double[] reward = Lake.reward();
    private int state;

    @Override
    public Integer reset(RandomStream random) {
      state = 0;
      return state;
    }

    @Override
    public Step<Integer> step(Integer action, RandomStream random) {
      state = next[state * Lake.ACTIONS + action];
      boolean end = terminal[state];
      return new Step<>(state, reward[state], end ? 0 : 1, end);
    }
  }

  static final class SecondLake extends LakeEnvironment {
    @Override
    public Integer reset(RandomStream random) {
      return super.reset(random);
    }

    @Override
    public Step<Integer> step(Integer action, RandomStream random) {
      return super.step(action, random);
    }
  }

  static final class ThirdLake extends LakeEnvironment {
    @Override
    public Integer reset(RandomStream random) {
      return super.reset(random);
    }

    @Override
    public Step<Integer> step(Integer action, RandomStream random) {
      return super.step(action, random);
    }
  }

  static final class QLearning implements Policy<Integer, Integer>, Learner<Integer, Integer> {
    private final double[] q = new double[Lake.STATES * Lake.ACTIONS];

    @Override
    public Integer act(Integer observation, RandomStream random) {
      return random.random() < Lake.EPSILON
          ? random.integers(Lake.ACTIONS)
          : Lake.best(q, observation);
    }

    @Override
    public void observe(Transition<Integer, Integer> transition) {
      Step<Integer> step = transition.step();
      int at = transition.observation() * Lake.ACTIONS + transition.action();
      double target =
          step.reward() + Lake.GAMMA * step.discount() * Lake.max(q, step.observation());
      q[at] += Lake.STEP_SIZE * (target - q[at]);
    }
  }
}
