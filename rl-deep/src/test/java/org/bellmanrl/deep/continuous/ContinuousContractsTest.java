package org.bellmanrl.deep.continuous;

import java.util.HashMap;
import java.util.Map;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.Learner;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Policy;
import org.bellmanrl.api.VectorEnvironment;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.deep.Entries;
import org.bellmanrl.testkit.LearnerContract;
import org.bellmanrl.testkit.PolicyContract;
import org.bellmanrl.testkit.RandomTask;
import org.bellmanrl.testkit.ValueFunctionContract;
import org.junit.jupiter.api.Nested;

/** The learners, their policies and their values keep their contracts. */
class ContinuousContractsTest {
  private static final Map<String, String> SMALL =
      Map.of(
          "hidden", "8,8",
          "batch_size", "4",
          "buffer_size", "100",
          "learning_starts", "40");

  private static final Map<String, String> ALL_OPTIONS =
      Map.of(
          "hidden", "8",
          "batch_size", "5",
          "learning_starts", "30",
          "train_freq", "3",
          "gradient_steps", "-1",
          "target_update_interval", "2",
          "learning_rate", "linear:0.003:0.001:100%",
          "ent_coef", "0.1",
          "activation", "tanh");

  private static final EnvironmentSpec SPEC =
      EnvironmentSpec.of("Small", Box.of(-1f, 1f, 3), Box.of(-0.5f, 1.5f, 2));

  /** A learner with SMALL's options and two more. */
  abstract static class SmallContract extends LearnerContract {
    private final String id;
    private final Map<String, String> options = new HashMap<>(SMALL);

    SmallContract(String id, String... more) {
      this.id = id;
      for (int i = 0; i < more.length; i += 2) {
        options.put(more[i], more[i + 1]);
      }
    }

    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner(id).create(context, options);
    }

    @Override
    protected Accepts accepts() {
      return Entries.learner(id).accepts();
    }

    /** Few, because interpreted updates take long. */
    @Override
    protected int steps() {
      return 150;
    }

    @Override
    protected VectorEnvironment task(int rows) {
      return RandomTask.rows(rows, SPEC.observationSpace(), SPEC.actionSpace());
    }
  }

  @Nested
  class SacContract extends SmallContract {
    SacContract() {
      super("sac");
    }
  }

  @Nested
  class SacWithExplorationContract extends SmallContract {
    SacWithExplorationContract() {
      super("sac", "sde", "true", "sde_sample_freq", "4");
    }
  }

  @Nested
  class RandomizedEnsembleContract extends SmallContract {
    RandomizedEnsembleContract() {
      super(
          "sac",
          "n_critics",
          "3",
          "target_critics",
          "2",
          "mean_of_critics",
          "true",
          "critic_hidden",
          "dense 8 none, dropout 0.1, layer-norm, residual 8");
    }
  }

  @Nested
  class CategoricalSacContract extends SmallContract {
    CategoricalSacContract() {
      super("sac", "atoms", "5", "v_max", "3", "hidden", "hyper-embedding 6, hyper-block 6 2");
    }
  }

  @Nested
  class HypersphericalTqcContract extends SmallContract {
    HypersphericalTqcContract() {
      super("tqc", "n_quantiles", "5", "hidden", "hyper-embedding 6, hyper-block 6 2");
    }
  }

  @Nested
  class DdpgContract extends SmallContract {
    DdpgContract() {
      super("ddpg", "noise", "ornstein-uhlenbeck:0.5");
    }
  }

  @Nested
  class ParameterNoiseContract extends SmallContract {
    ParameterNoiseContract() {
      super("td3", "noise", "adaptive-param:0.2", "hidden", "8, layer-norm, gru 4, 8");
    }
  }

  @Nested
  class Td3Contract extends SmallContract {
    Td3Contract() {
      super("td3", "policy_delay", "3");
    }
  }

  @Nested
  class TqcContract extends SmallContract {
    TqcContract() {
      super("tqc", "n_quantiles", "5");
    }
  }

  @Nested
  class CrossQContract extends SmallContract {
    CrossQContract() {
      super("crossq", "critic_hidden", "8", "warm_up", "20", "policy_delay", "2");
    }
  }

  @Nested
  class RecurrentSacContract extends SmallContract {
    RecurrentSacContract() {
      super(
          "sac",
          "hidden",
          "6, gru 5, 6",
          "critic_hidden",
          "lstm 4, dropout 0.1, 6",
          "batch_size",
          "12",
          "sequence_length",
          "5",
          "burn_in",
          "3");
    }
  }

  @Nested
  class RecurrentTd3Contract extends SmallContract {
    RecurrentTd3Contract() {
      super("td3", "hidden", "lstm 6, 6", "batch_size", "12", "sequence_length", "4");
    }
  }

  /** The policy alone remembers, and the critics learn from single steps. */
  @Nested
  class RecurrentPolicyContract extends SmallContract {
    RecurrentPolicyContract() {
      super(
          "ddpg",
          "hidden",
          "gru 6",
          "critic_hidden",
          "8",
          "batch_size",
          "12",
          "sequence_length",
          "4",
          "burn_in",
          "2");
    }
  }

  @Nested
  class SacWithAllOptionsContract extends LearnerContract {
    @Override
    protected int steps() {
      return 150;
    }

    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("sac").create(context, ALL_OPTIONS);
    }

    @Override
    protected Accepts accepts() {
      return Entries.learner("sac").accepts();
    }
  }

  /** A learner as it is made. */
  private static Learner learner(String id, String learningStarts, String... more) {
    LearnerContext context =
        LearnerContext.of(SPEC, 1, Streams.of(0), new RunProgress(Budget.steps(1000)));
    Map<String, String> options = new HashMap<>();
    options.put("hidden", "8");
    // Policies and values need no memory to learn from.
    options.put("buffer_size", "1000");
    options.put("learning_starts", learningStarts);
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return Entries.learner(id).create(context, options);
  }

  @Nested
  class UniformContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return SPEC;
    }

    @Override
    protected Policy create() {
      return learner("sac", "100").behaviour();
    }
  }

  @Nested
  class DrawnContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return SPEC;
    }

    @Override
    protected Policy create() {
      return learner("sac", "0").behaviour();
    }
  }

  @Nested
  class MeanContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return SPEC;
    }

    @Override
    protected Policy create() {
      return learner("sac", "0").policy();
    }
  }

  @Nested
  class NormalNoiseContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return SPEC;
    }

    @Override
    protected Policy create() {
      return learner("td3", "0").behaviour();
    }
  }

  @Nested
  class PerturbedContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return SPEC;
    }

    @Override
    protected Policy create() {
      return learner("td3", "0", "noise", "adaptive-param:0.2").behaviour();
    }
  }

  @Nested
  class RecurrentBehaviourContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return SPEC;
    }

    @Override
    protected Policy create() {
      return learner("sac", "0", "hidden", "lstm 8, 8").behaviour();
    }
  }

  @Nested
  class RevertingNoiseContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return SPEC;
    }

    @Override
    protected Policy create() {
      return learner("ddpg", "0", "noise", "ornstein-uhlenbeck:0.5").behaviour();
    }
  }

  @Nested
  class DeterministicValuesContract extends ValueFunctionContract<StateValues> {
    @Override
    protected EnvironmentSpec task() {
      return SPEC;
    }

    @Override
    protected StateValues create() {
      return (StateValues) learner("td3", "0").values().orElseThrow();
    }

    @Override
    protected void change(StateValues values) {
      float[] parameters = values.policy().parameters();
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] *= 1.5f;
      }
    }
  }

  @Nested
  class ValuesContract extends ValueFunctionContract<SoftValues> {
    @Override
    protected EnvironmentSpec task() {
      return SPEC;
    }

    @Override
    protected SoftValues create() {
      return (SoftValues) learner("sac", "0").values().orElseThrow();
    }

    @Override
    protected void change(SoftValues values) {
      float[] parameters = values.policy().parameters();
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] *= 1.5f;
      }
    }

    /** A value takes as many passes as it has draws. */
    @Override
    protected int rows() {
      return 5;
    }
  }
}
