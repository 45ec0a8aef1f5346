package org.bellmanrl.deep.sac;

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

/** The learner, its policies and its values keep their contracts. */
class SacContractsTest {
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

  @Nested
  class SacContract extends LearnerContract {
    @Override
    protected Learner create(LearnerContext context) {
      return Entries.learner("sac").create(context, SMALL);
    }

    @Override
    protected Accepts accepts() {
      return Entries.learner("sac").accepts();
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
  private static Learner learner(String learningStarts) {
    LearnerContext context =
        LearnerContext.of(SPEC, 1, Streams.of(0), new RunProgress(Budget.steps(1000)));
    return Entries.learner("sac")
        .create(context, Map.of("hidden", "8", "learning_starts", learningStarts));
  }

  @Nested
  class UniformContract extends PolicyContract {
    @Override
    protected EnvironmentSpec task() {
      return SPEC;
    }

    @Override
    protected Policy create() {
      return learner("100").behaviour();
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
      return learner("0").behaviour();
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
      return learner("0").policy();
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
      return (SoftValues) learner("0").values().orElseThrow();
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
