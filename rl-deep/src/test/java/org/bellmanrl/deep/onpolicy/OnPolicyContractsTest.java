package org.bellmanrl.deep.onpolicy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Trainer;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.deep.Entries;
import org.bellmanrl.deep.network.Activation;
import org.bellmanrl.deep.network.HiddenLayer;
import org.bellmanrl.deep.network.NetworkValues;
import org.bellmanrl.testkit.LearnerContract;
import org.bellmanrl.testkit.PolicyContract;
import org.bellmanrl.testkit.RandomTask;
import org.bellmanrl.testkit.ValueFunctionContract;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Learners, policies and values keep their contracts. */
class OnPolicyContractsTest {
  /** Rollouts of 7 steps a row: saves fall into the middle of one. */
  static final Map<String, String> PPO =
      Map.of("n_steps", "7", "batch_size", "7", "n_epochs", "2", "hidden", "8,8");

  private static final Map<String, String> PPO_ALL_OPTIONS =
      Map.of(
          "n_steps", "7",
          "batch_size", "14",
          "n_epochs", "3",
          "hidden", "8",
          "clip_range_vf", "0.1",
          "target_kl", "0.01",
          "ent_coef", "0.01",
          "learning_rate", "linear:0.003:0:100%",
          "clip_range", "linear:0.3:0.1:100%",
          "shared", "6,layer-norm");

  /** Few steps, because the kernels are compiled only after thousands of updates. */
  private static final Map<String, String> A2C = Map.of("n_steps", "1", "hidden", "8,8");

  private static final Accepts BOUNDED =
      new Accepts(List.of(Space.Kind.ANY), List.of(Space.Kind.BOUNDED_VECTOR));

  /** The contracts' updates are too few for the compiler to get to the kernels by itself. */
  @BeforeAll
  static void compileKernels() {
    try (Trainer<?> trainer =
        Trainer.on(RandomTask.rows(2, Box.of(-1f, 1f, 3), new Discrete(3)))
            .build(context ->
                Entries.learner("deep-reinforce").create(context, Map.of("hidden", "8")))) {
      trainer.run(200_000);
    }
  }

  private static Accepts spaces() {
    return RolloutLearner.accepts();
  }

  @Nested
  class PpoContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("ppo").create(context, PPO);
    }

    @Override
    protected int steps() {
      return 300;
    }

    @Override
    protected Accepts accepts() {
      return spaces();
    }
  }

  @Nested
  class PpoWithBoxContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("ppo").create(context, allOptions(context.rows()));
    }

    /** Three rows make 21 steps. */
    private static Map<String, String> allOptions(int rows) {
      Map<String, String> options = new HashMap<>(PPO_ALL_OPTIONS);
      options.put("batch_size", Integer.toString(rows * 7));
      return options;
    }

    @Override
    protected Accepts accepts() {
      return spaces();
    }

    @Override
    protected VectorEnvironment task(int rows) {
      return RandomTask.rows(rows, Box.of(-1f, 1f, 3), Box.of(-0.5f, 0.5f, 2));
    }
  }

  @Nested
  class PpoWithExplorationContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      Map<String, String> options = new HashMap<>(PPO);
      options.putAll(Map.of("sde", "true", "sde_sample_freq", "3", "squash", "true"));
      return Entries.learner("ppo").create(context, options);
    }

    @Override
    protected Accepts accepts() {
      return BOUNDED;
    }

    @Override
    protected VectorEnvironment task(int rows) {
      return RandomTask.rows(rows, Box.of(-1f, 1f, 3), Box.of(-0.5f, 0.5f, 2));
    }
  }

  @Nested
  class A2cWithStateDependentDeviationsContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      Map<String, String> options = new HashMap<>(A2C);
      options.putAll(Map.of("state_std", "true", "squash", "true", "ent_coef", "0.01"));
      return Entries.learner("a2c").create(context, options);
    }

    @Override
    protected Accepts accepts() {
      return BOUNDED;
    }

    @Override
    protected VectorEnvironment task(int rows) {
      return RandomTask.rows(rows, Box.of(-1f, 1f, 3), Box.of(-0.5f, 0.5f, 2));
    }
  }

  @Nested
  class RecurrentPpoContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("ppo")
          .create(
              context,
              Map.of(
                  "n_steps", "7",
                  "batch_size", "7",
                  "sequence_length", "3",
                  "n_epochs", "2",
                  "shared", "gru 5",
                  "hidden", "lstm 6"));
    }

    @Override
    protected int steps() {
      return 300;
    }

    @Override
    protected Accepts accepts() {
      return spaces();
    }

    @Override
    protected VectorEnvironment task(int rows) {
      return RandomTask.rows(rows, Box.of(-1f, 1f, 3), Box.of(-0.5f, 0.5f, 2));
    }
  }

  @Nested
  class RecurrentA2cContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("a2c").create(context, Map.of("n_steps", "4", "hidden", "lstm 8"));
    }

    @Override
    protected Accepts accepts() {
      return spaces();
    }
  }

  @Nested
  class ImpalaContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("impala").create(context, Map.of("n_steps", "4", "hidden", "8"));
    }

    @Override
    protected Accepts accepts() {
      return spaces();
    }
  }

  @Nested
  class RecurrentImpalaContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("impala").create(context, Map.of("n_steps", "4", "hidden", "gru 8"));
    }

    @Override
    protected Accepts accepts() {
      return spaces();
    }
  }

  @Nested
  class A2cContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("a2c").create(context, A2C);
    }

    @Override
    protected Accepts accepts() {
      return spaces();
    }
  }

  @Nested
  class A2cWithMultiDiscreteContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("a2c")
          .create(
              context,
              Map.of(
                  "hidden",
                  "8",
                  "optimizer",
                  "adam",
                  "normalize_advantage",
                  "true",
                  "gae_lambda",
                  "0.9",
                  "n_steps",
                  "8"));
    }

    @Override
    protected Accepts accepts() {
      return spaces();
    }

    @Override
    protected VectorEnvironment task(int rows) {
      return RandomTask.rows(rows, new MultiDiscrete(3, 2), new MultiDiscrete(2, 4));
    }
  }

  @Nested
  class DeepReinforceContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("deep-reinforce").create(context, Map.of("hidden", "8"));
    }

    @Override
    protected Accepts accepts() {
      return spaces();
    }

    @Override
    protected VectorEnvironment task(int rows) {
      return RandomTask.rows(rows, Box.of(-1f, 1f, 3), new Discrete(3));
    }
  }

  static ActorCriticNetworks networks(EnvironmentSpec spec) {
    return networks(spec, ActorCriticLayers.of(Activation.TANH, 8));
  }

  private static ActorCriticNetworks networks(EnvironmentSpec spec, ActorCriticLayers layers) {
    ActorCriticNetworks networks = ActorCriticNetworks.create(Tasks.context(spec, 1), layers);
    // Away from the start, where the policy is nearly uniform.
    for (int i = 0; i < networks.policy().parameters().length; i++) {
      networks.policy().parameters()[i] *= 3;
    }
    return networks;
  }

  private static final EnvironmentSpec DISCRETE =
      EnvironmentSpec.of("Discrete", Box.of(-1f, 1f, 3), new Discrete(5, 2));
  private static final EnvironmentSpec MULTI =
      EnvironmentSpec.of("Multi", new Discrete(4), new MultiDiscrete(2, 3));
  private static final EnvironmentSpec BOX =
      EnvironmentSpec.of("Box", Box.of(-1f, 1f, 3), Box.of(-0.5f, 0.5f, 2));

  @Nested
  class SamplingContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return DISCRETE;
    }

    @Override
    protected Policy create() {
      return ActorPolicy.sampling(networks(task()));
    }
  }

  @Nested
  class SamplingMultiContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return MULTI;
    }

    @Override
    protected Policy create() {
      return ActorPolicy.sampling(networks(task()));
    }
  }

  @Nested
  class SamplingBoxContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return BOX;
    }

    @Override
    protected Policy create() {
      return ActorPolicy.sampling(networks(task()));
    }
  }

  private static ActorCriticNetworks recurrent(EnvironmentSpec spec) {
    return networks(
        spec,
        ActorCriticLayers.of(Activation.TANH)
            .withHidden(List.of(HiddenLayer.parse("lstm 6"), HiddenLayer.parse("gru 5"))));
  }

  @Nested
  class RecurrentSamplingContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return BOX;
    }

    @Override
    protected Policy create() {
      return ActorPolicy.sampling(recurrent(task()));
    }
  }

  @Nested
  class RecurrentModeContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return MULTI;
    }

    @Override
    protected Policy create() {
      return ActorPolicy.mode(recurrent(task()));
    }
  }

  @Nested
  class ModeContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return MULTI;
    }

    @Override
    protected Policy create() {
      return ActorPolicy.mode(networks(task()));
    }
  }

  @Nested
  class ValuesContract extends ValueFunctionContract<NetworkValues> {
    @Override
    protected EnvironmentSpec task() {
      return DISCRETE;
    }

    @Override
    protected NetworkValues create() {
      ActorCriticNetworks networks = networks(task());
      return new NetworkValues(networks.encoder(), networks.value());
    }

    @Override
    protected void change(NetworkValues values) {
      float[] parameters = values.network().parameters();
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] *= 1.5f;
      }
    }

    @Override
    protected int rows() {
      return 131;
    }
  }
}
