package org.bellmanrl.bench.learning;

import java.util.ArrayList;
import java.util.List;

/**
 * A learner on an environment, with the settings of its preset, and what it is compared with.
 *
 * @param learner the learner's id
 * @param environment the environment's id
 * @param words what is said besides to {@code rl train}: options, each with a value
 * @param reference the mean return to compare with
 * @param quick whether it is part of the quick form
 */
record LearningTask(
    String learner,
    String environment,
    List<String> words,
    ReferenceReturn reference,
    boolean quick) {
  private static final String ZOO = "RL Zoo, one tuned agent";
  private static final String GYMNAX =
      "gymnax, published runs, which end episodes after 1,000 steps";
  private static final String GYMNAX_PPO = "that of PPO by gymnax";
  private static final String ZOO_MILLION = ZOO + ", at 1 M steps of the tasks' third version";
  private static final String CLEANRL = "CleanRL, at 1 M steps of the tasks' fourth version";
  private static final String TIANSHOU = "Tianshou, at 1 M steps of the tasks' third version";
  private static final String SOLVED = "what counts as solved here";
  private static final String THRESHOLD = "the reward threshold of Gymnasium";

  private static final ReferenceReturn CARTPOLE = ReferenceReturn.goal(475, THRESHOLD);

  /** Networks without memory. */
  private static final List<String> NO_GRU =
      List.of("--set", "shared=[]", "--set", "hidden=[32,32]");

  private static final List<String> SMALL = List.of("--set", "hidden=[32,32]");
  private static final List<String> MEDIUM = List.of("--set", "hidden=[64,64]");
  private static final List<String> NO_HINDSIGHT = List.of("--set", "relabelled_goals=0");

  /** Of Breakout's ball, which may then come from anywhere. */
  private static final List<String> NO_TRAIL = List.of("--wrap", "hide:components=[2]");

  private static final ReferenceReturn TENTH =
      ReferenceReturn.goal(Double.NaN, "a tenth of the steps that the preset is for");

  private static final ReferenceReturn MEMORY =
      ReferenceReturn.goal(1, "the best return, 0 what is expected without memory");
  private static final ReferenceReturn T_MAZE =
      ReferenceReturn.goal(4, "the best return, 1.95 what is expected without memory");
  private static final ReferenceReturn REPEAT_PREVIOUS =
      ReferenceReturn.goal(1, "the best return, -0.5 what is expected without memory");
  private static final ReferenceReturn COUNT_RECALL =
      ReferenceReturn.goal(
          1,
          "the best return, -0.69 what is expected without memory, and 0.144 for an agent that"
              + " only counts the steps");

  private static final ReferenceReturn SWING =
      ReferenceReturn.goal(-218, "that of PPO with an LSTM in RL Zoo, after 100,000 steps");

  private static final ReferenceReturn BIT_FLIPPING =
      ReferenceReturn.goal(-7, "what the shortest ways cost; the worst return is -16");
  private static final ReferenceReturn POINT_MAZE =
      ReferenceReturn.goal(-9, "about what the shortest ways cost; the worst return is -100");
  private static final ReferenceReturn REACHER_GOAL =
      ReferenceReturn.goal(Double.NaN, "the worst return is -50");

  /** What R2D2 has besides memory (Kapturowski et al., 2019). */
  private static final List<String> PRIORITISED =
      List.of("--set", "prioritised=true", "--set", "n_steps=5");

  /** All tasks, the quickest first. */
  static final List<LearningTask> ALL =
      List.of(
          new LearningTask(
              "q-learning",
              "FrozenLake-v1",
              List.of("--env", "is_slippery=false"),
              ReferenceReturn.published(1, "Hugging Face course, unit 2"),
              true),
          new LearningTask(
              "q-learning",
              "FrozenLake-v1",
              List.of(),
              ReferenceReturn.published(0.740, "the best stationary policy, from the model"),
              true),
          new LearningTask(
              "q-learning",
              "Taxi-v4",
              List.of(),
              ReferenceReturn.published(7.56, "Hugging Face course, unit 2"),
              true),
          new LearningTask(
              "q-learning",
              "CliffWalking-v1",
              List.of(),
              ReferenceReturn.published(-13, "the shortest path; Sutton & Barto, example 6.6"),
              true),
          new LearningTask(
              "sarsa",
              "CliffWalking-v1",
              List.of(),
              ReferenceReturn.published(-17, "the safe path; Sutton & Barto, example 6.6"),
              true),
          deep("ppo", "CartPole-v1", 100_000, 500, ZOO, true),
          deep("a2c", "CartPole-v1", 500_000, 500, ZOO, true),
          deep("dqn", "CartPole-v1", 50_000, 500, ZOO, true),
          recurrent("CartPole-v1", "[1,3]", 100_000, 500),
          forgetful("CartPole-v1", "[1,3]", 100_000, 500),
          solving("c51", "CartPole-v1", 50_000, 475, THRESHOLD),
          solving("iqn", "CartPole-v1", 50_000, 475, THRESHOLD),
          solving("munchausen-dqn", "CartPole-v1", 50_000, 475, THRESHOLD),
          solving("rainbow", "CartPole-v1", 30_000, 475, THRESHOLD),
          hidden("r2d2", "CartPole-v1", "[1,3]", 100_000, CARTPOLE, List.of()),
          hidden("r2d2", "CartPole-v1", "[1,3]", 100_000, CARTPOLE, PRIORITISED),
          hidden("dqn", "CartPole-v1", "[1,3]", 50_000, CARTPOLE, List.of()),
          told("ppo", "Memory-v1", 50_000, MEMORY, List.of()),
          told("ppo", "Memory-v1", 50_000, MEMORY, NO_GRU),
          told("ppo", "Memory-v1", 50_000, MEMORY, stacked("stack_size=6", NO_GRU)),
          told("r2d2", "Memory-v1", 20_000, MEMORY, List.of()),
          told("r2d2", "Memory-v1", 20_000, MEMORY, SMALL),
          told("ppo", "TMaze-v1", 100_000, T_MAZE, List.of()),
          told("ppo", "TMaze-v1", 100_000, T_MAZE, NO_GRU),
          told("ppo", "TMaze-v1", 100_000, T_MAZE, stacked("stack_size=11", NO_GRU)),
          told("r2d2", "TMaze-v1", 50_000, T_MAZE, List.of()),
          told("r2d2", "TMaze-v1", 50_000, T_MAZE, SMALL),
          told("ppo", "RepeatPrevious-v1", 150_000, REPEAT_PREVIOUS, List.of()),
          told("ppo", "RepeatPrevious-v1", 150_000, REPEAT_PREVIOUS, MEDIUM),
          told(
              "ppo",
              "RepeatPrevious-v1",
              150_000,
              REPEAT_PREVIOUS,
              stacked("stack_size=5", MEDIUM)),
          told("ppo", "CountRecall-v1", 400_000, COUNT_RECALL, List.of()),
          told("ppo", "CountRecall-v1", 400_000, COUNT_RECALL, MEDIUM),
          told(
              "ppo",
              "CountRecall-v1",
              400_000,
              COUNT_RECALL,
              List.of(
                  "--wrap",
                  "flatten-observation",
                  "--wrap",
                  "frame-stack:stack_size=12,padding=zero",
                  "--set",
                  "hidden=[64,64]")),
          told("dqn", "BitFlipping-v1", 50_000, BIT_FLIPPING, List.of("--env", "n=16")),
          told(
              "dqn",
              "BitFlipping-v1",
              50_000,
              BIT_FLIPPING,
              List.of("--env", "n=16", "--set", "relabelled_goals=0")),
          told("sac", "PointMaze-v1", 20_000, POINT_MAZE, List.of()),
          told("sac", "PointMaze-v1", 20_000, POINT_MAZE, NO_HINDSIGHT),
          solving("pqn", "CartPole-v1", 500_000, 475, THRESHOLD),
          solving("stream-q", "CartPole-v1", 100_000, 475, THRESHOLD),
          solving("stream-ac", "CartPole-v1", 100_000, 475, THRESHOLD),
          deep("dqn", "Acrobot-v1", 100_000, -77, ZOO, false),
          deep("dqn", "MountainCar-v0", 120_000, -101, ZOO, false),
          deep("qr-dqn", "CartPole-v1", 50_000, 500, ZOO, false),
          deep("qr-dqn", "Acrobot-v1", 100_000, -69.1, ZOO, false),
          deep("qr-dqn", "MountainCar-v0", 120_000, -106, ZOO, false),
          solving("dqn", "raycast/Basic-v1", 50_000, 80, SOLVED),
          solving("ppo", "raycast/Basic-v1", 120_000, 80, SOLVED),
          solving("ppo", "raycast/DefendTheCenter-v1", 300_000, 15, SOLVED),
          solving(
              "ppo",
              "raycast/HealthGathering-v1",
              250_000,
              633,
              "three times what standing still earns, 211"),
          deep("ppo", "Acrobot-v1", 1_000_000, -74, ZOO, false),
          deep("a2c", "Pendulum-v1", 1_000_000, -163, ZOO, false),
          deep("ddpg", "Pendulum-v1", 20_000, -152, ZOO, false),
          deep("td3", "Pendulum-v1", 20_000, -152, ZOO, false),
          deep("sac", "Pendulum-v1", 20_000, -157, ZOO, false),
          deep("tqc", "Pendulum-v1", 20_000, -151, ZOO, false),
          solving("crossq", "Pendulum-v1", 20_000, -157, "that of SAC in RL Zoo"),
          solving(
              "stream-ac", "Pendulum-v1", 200_000, -157, "that of SAC at 20,000 steps in RL Zoo"),
          recurrent("Pendulum-v1", "[2]", 100_000, -218),
          forgetful("Pendulum-v1", "[2]", 100_000, -218),
          hidden("sac", "Pendulum-v1", "[2]", 20_000, SWING, List.of()),
          hidden("sac", "Pendulum-v1", "[2]", 20_000, SWING, MEDIUM),
          hidden("td3", "Pendulum-v1", "[2]", 20_000, SWING, List.of()),
          hidden("td3", "Pendulum-v1", "[2]", 20_000, SWING, MEDIUM),
          deep("a2c", "MountainCarContinuous-v0", 100_000, 91.2, ZOO, false),
          deep("sac", "MountainCarContinuous-v0", 50_000, 94.7, ZOO, false),
          deep("td3", "MountainCarContinuous-v0", 300_000, 93.5, ZOO, false),
          recurrent("MountainCarContinuous-v0", "[1]", 300_000, 91.5),
          forgetful("MountainCarContinuous-v0", "[1]", 300_000, 91.5),
          deep("td3", "LunarLanderContinuous-v3", 300_000, 207, ZOO, false),
          deep("sac", "LunarLanderContinuous-v3", 500_000, 260, ZOO, false),
          deep("tqc", "LunarLanderContinuous-v3", 500_000, 278, ZOO, false),
          deep("ppo", "LunarLander-v3", 1_000_000, 240, ZOO + ", LunarLander-v2", false),
          deep("a2c", "BipedalWalker-v3", 5_000_000, 299.8, ZOO, false),
          deep("ppo", "BipedalWalker-v3", 5_000_000, 288, ZOO, false),
          deep("td3", "BipedalWalker-v3", 1_000_000, 306, ZOO, false),
          deep("sac", "BipedalWalker-v3", 500_000, 298, ZOO, false),
          deep("tqc", "BipedalWalker-v3", 500_000, 330, ZOO, false),
          deep("tqc", "BipedalWalkerHardcore-v3", 2_000_000, 235, ZOO, false),
          deep("ppo", "MinAtar/Asterix-v1", 10_000_000, 15, GYMNAX, false),
          deep("ppo", "MinAtar/Breakout-v1", 10_000_000, 28, GYMNAX, false),
          deep("ppo", "MinAtar/Freeway-v1", 10_000_000, 58, GYMNAX, false),
          solving(
              "ppo",
              "MinAtar/SpaceInvaders-v1",
              10_000_000,
              Double.NaN,
              "gymnax ends an episode after 1,000 steps, at 131"),
          told("ppo", "MinAtar/Breakout-v1", 1_000_000, TENTH, NO_TRAIL),
          told(
              "ppo",
              "MinAtar/Breakout-v1",
              1_000_000,
              TENTH,
              List.of(
                  "--wrap",
                  "hide:components=[2]",
                  "--set",
                  "shared=[]",
                  "--set",
                  "hidden=[flatten,256,256]")),
          solving("pqn", "MinAtar/Asterix-v1", 10_000_000, 15, GYMNAX_PPO),
          solving("pqn", "MinAtar/Breakout-v1", 10_000_000, 28, GYMNAX_PPO),
          solving("pqn", "MinAtar/Freeway-v1", 10_000_000, 58, GYMNAX_PPO),
          deep("ppo", "HalfCheetah-v5", 1_000_000, 1443, CLEANRL, false),
          deep("ppo", "Hopper-v5", 1_000_000, 2383, CLEANRL, false),
          deep("ppo", "Walker2d-v5", 1_000_000, 2288, CLEANRL, false),
          deep("ppo", "InvertedDoublePendulum-v5", 1_000_000, 9231.3, TIANSHOU, false),
          deep("sac", "HalfCheetah-v5", 200_000, 9535, ZOO_MILLION, false),
          deep("sac", "Hopper-v5", 200_000, 2326, ZOO_MILLION, false),
          deep("ppo", "Swimmer-v5", 1_000_000, 66.7, TIANSHOU, false),
          told("sac", "ReacherGoal-v1", 20_000, REACHER_GOAL, List.of()),
          told("sac", "ReacherGoal-v1", 20_000, REACHER_GOAL, NO_HINDSIGHT));

  LearningTask {
    words = List.copyOf(words);
  }

  private static LearningTask deep(
      String learner,
      String environment,
      long steps,
      double published,
      String source,
      boolean quick) {
    return new LearningTask(
        learner,
        environment,
        List.of("--steps", Long.toString(steps)),
        ReferenceReturn.published(published, source),
        quick);
  }

  /** A task that nobody has published a result of. */
  private static LearningTask solving(
      String learner, String environment, long steps, double goal, String source) {
    return new LearningTask(
        learner,
        environment,
        List.of("--steps", Long.toString(steps)),
        ReferenceReturn.goal(goal, source),
        false);
  }

  /** A task with words of its own behind the number of steps. */
  private static LearningTask told(
      String learner,
      String environment,
      long steps,
      ReferenceReturn reference,
      List<String> more) {
    List<String> words = new ArrayList<>(List.of("--steps", Long.toString(steps)));
    words.addAll(more);
    return new LearningTask(learner, environment, words, reference, false);
  }

  /** The last observations, the cheap memory, before a network without one. */
  private static List<String> stacked(String stack, List<String> network) {
    List<String> words = new ArrayList<>(List.of("--wrap", "frame-stack:" + stack));
    words.addAll(network);
    return words;
  }

  /** PPO with an LSTM, on a task without its velocities. */
  private static LearningTask recurrent(
      String environment, String velocities, long steps, double published) {
    ReferenceReturn reference = ReferenceReturn.published(published, ZOO + ", with an LSTM");
    return hidden("ppo", environment, velocities, steps, reference, List.of());
  }

  /** The same without memory: what that is worth. */
  private static LearningTask forgetful(
      String environment, String velocities, long steps, double published) {
    ReferenceReturn reference =
        ReferenceReturn.published(published, ZOO + ", with an LSTM, which this lacks");
    List<String> more = List.of("--set", "hidden=[64,64]");
    return hidden("ppo", environment, velocities, steps, reference, more);
  }

  private static LearningTask hidden(
      String learner,
      String environment,
      String velocities,
      long steps,
      ReferenceReturn reference,
      List<String> more) {
    List<String> words =
        new ArrayList<>(
            List.of("--wrap", "hide:components=" + velocities, "--steps", Long.toString(steps)));
    words.addAll(more);
    return new LearningTask(learner, environment, words, reference, false);
  }

  /** A name that is good for a folder. */
  String id() {
    StringBuilder id = new StringBuilder(learner).append('-').append(environment);
    for (String word : words) {
      if (!word.startsWith("--")) {
        id.append('-').append(word.replaceAll("[^A-Za-z0-9.]+", "-"));
      }
    }
    return id.toString();
  }

  /** What trains it, without the seed. */
  List<String> command() {
    List<String> command = new ArrayList<>(List.of("train", learner, environment));
    command.addAll(words);
    return command;
  }
}
