package org.bellmanrl.deep.dqn;

import java.util.HashMap;
import java.util.List;
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
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.deep.Entries;
import org.bellmanrl.deep.network.NetworkValues;
import org.bellmanrl.testkit.LearnerContract;
import org.bellmanrl.testkit.PolicyContract;
import org.bellmanrl.testkit.RandomTask;
import org.bellmanrl.testkit.ValueFunctionContract;
import org.junit.jupiter.api.Nested;

/** Learner, policies and values keep their contracts. */
class DqnContractsTest {
  private static final EnvironmentSpec TASK =
      EnvironmentSpec.of("Task", Box.of(-1f, 1f, 5), new Discrete(4, 2));

  /** An update per step, because kernels are compiled only after thousands of updates. */
  private static final Map<String, String> PLAIN =
      Map.of(
          "train_freq", "1",
          "buffer_size", "120",
          "learning_starts", "10",
          "batch_size", "6",
          "target_update_interval", "25",
          "exploration", "linear:1:0.1:50%",
          "hidden", "8,8");

  private static final Map<String, String> EVERYTHING =
      Map.ofEntries(
          Map.entry("train_freq", "1"),
          Map.entry("buffer_size", "120"),
          Map.entry("batch_size", "6"),
          Map.entry("learning_starts", "50"),
          Map.entry("tau", "0.1"),
          Map.entry("double_q", "true"),
          Map.entry("dueling", "true"),
          Map.entry("prioritised", "true"),
          Map.entry("n_steps", "3"),
          Map.entry("noisy", "true"),
          Map.entry("hidden", "6"));

  private static final Map<String, String> RECURRENT =
      Map.ofEntries(
          Map.entry("train_freq", "1"),
          Map.entry("buffer_size", "120"),
          Map.entry("learning_starts", "30"),
          Map.entry("batch_size", "12"),
          Map.entry("sequence_length", "5"),
          Map.entry("burn_in", "3"),
          Map.entry("n_steps", "2"),
          Map.entry("noisy", "true"),
          Map.entry("target_update_interval", "25"),
          Map.entry("hidden", "lstm 6, gru 5"));

  /** Fewer steps than by default, because interpreted updates take long. */
  abstract static class DqnContract extends LearnerContract {
    @Override
    protected int steps() {
      return 300;
    }
  }

  private static Dqn dqn(EnvironmentSpec spec, Map<String, String> options) {
    RunProgress progress = new RunProgress(Budget.steps(1000));
    return (Dqn)
        Entries.learner("dqn").create(LearnerContext.of(spec, 1, Streams.of(0), progress), options);
  }

  @Nested
  class PlainContract extends DqnContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("dqn").create(context, PLAIN);
    }

    @Override
    protected Accepts accepts() {
      return Entries.learner("dqn").accepts();
    }
  }

  @Nested
  class EverythingContract extends DqnContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("dqn").create(context, EVERYTHING);
    }

    @Override
    protected VectorEnvironment task(int rows) {
      return new RandomTask(TASK.observationSpace(), TASK.actionSpace())
          .withMaxEpisodeSteps(7)
          .rows(rows);
    }

    @Override
    protected List<VectorEnvironment> acceptedTasks(int rows) {
      return List.of(task(rows), RandomTask.rows(rows, Box.pixels(40, 37, 3), new Discrete(2)));
    }

    @Override
    protected Accepts accepts() {
      return Entries.learner("dqn").accepts();
    }
  }

  @Nested
  class RecurrentContract extends DqnContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("r2d2").create(context, RECURRENT);
    }

    @Override
    protected Accepts accepts() {
      return Entries.learner("r2d2").accepts();
    }
  }

  /** A learner of PLAIN's options and one more, which is trained as the others are. */
  abstract static class DistributionalContract extends DqnContract {
    private final String id;
    private final String option;
    private final String value;

    DistributionalContract(String id, String option, String value) {
      this.id = id;
      this.option = option;
      this.value = value;
    }

    @Override
    protected Learner create(LearnerContext context) {
      Map<String, String> options = new HashMap<>(PLAIN);
      options.put(option, value);
      return Entries.learner(id).create(context, options);
    }

    @Override
    protected Accepts accepts() {
      return Entries.learner(id).accepts();
    }
  }

  @Nested
  class ParameterNoiseContract extends DistributionalContract {
    ParameterNoiseContract() {
      super("dqn", "param_noise", "true");
    }
  }

  @Nested
  class QrDqnContract extends DistributionalContract {
    QrDqnContract() {
      super("qr-dqn", "quantiles", "3");
    }
  }

  @Nested
  class IqnContract extends DqnContract {
    @Override
    protected Learner create(LearnerContext context) {
      Map<String, String> options = new HashMap<>(EVERYTHING);
      options.put("hidden", "5, residual 5, dropout 0.1, 6");
      options.put("quantiles", "3");
      options.put("target_quantiles", "2");
      options.put("policy_quantiles", "4");
      options.put("cosines", "5");
      return Entries.learner("iqn").create(context, options);
    }

    @Override
    protected Accepts accepts() {
      return Entries.learner("iqn").accepts();
    }
  }

  @Nested
  class C51Contract extends DistributionalContract {
    C51Contract() {
      super("c51", "atoms", "5");
    }
  }

  @Nested
  class RainbowContract extends DistributionalContract {
    RainbowContract() {
      super("rainbow", "atoms", "5");
    }
  }

  @Nested
  class MunchausenDqnContract extends DistributionalContract {
    MunchausenDqnContract() {
      super("munchausen-dqn", "alpha", "0.5");
    }
  }

  @Nested
  class BehaviourContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return TASK;
    }

    @Override
    protected Policy create() {
      return dqn(TASK, Map.of("buffer_size", "32", "learning_starts", "0", "exploration", "0.3"))
          .behaviour();
    }
  }

  @Nested
  class NoisyBehaviourContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return TASK;
    }

    @Override
    protected Policy create() {
      return dqn(
              TASK,
              Map.of(
                  "buffer_size",
                  "32",
                  "learning_starts",
                  "0",
                  "exploration",
                  "0",
                  "noisy",
                  "true",
                  "hidden",
                  "16"))
          .behaviour();
    }
  }

  @Nested
  class PerturbedBehaviourContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return TASK;
    }

    @Override
    protected Policy create() {
      return dqn(TASK, Map.of("buffer_size", "32", "learning_starts", "0", "param_noise", "true"))
          .behaviour();
    }
  }

  @Nested
  class GreedyContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return TASK;
    }

    @Override
    protected Policy create() {
      return dqn(TASK, Map.of("buffer_size", "100", "dueling", "true")).policy();
    }
  }

  @Nested
  class ValuesContract extends ValueFunctionContract<NetworkValues> {
    @Override
    protected EnvironmentSpec task() {
      return TASK;
    }

    @Override
    protected NetworkValues create() {
      return (NetworkValues) dqn(TASK, Map.of("buffer_size", "100")).values().orElseThrow();
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
