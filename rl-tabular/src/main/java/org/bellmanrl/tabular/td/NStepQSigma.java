package org.bellmanrl.tabular.td;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.Transitions;
import org.bellmanrl.api.options.Described;
import org.bellmanrl.api.options.Require;
import org.bellmanrl.tabular.internal.StepWindow;

/**
 * Learns the optimal action values from n steps of any behaviour, each step a mixture of sampling
 * (σ = 1, with importance sampling) and expectation (σ = 0, tree backup).
 *
 * <pre>
 * G ← R₁ + γ [V̄₁ + (σ ρ₁ + (1 − σ) π(A₁|S₁)) (G₁ − Q(S₁, A₁))],   and G₁ likewise,
 *                                                       the last one with V̄ₙ alone
 * V̄ = Σ_a π(a|S) Q(S, a),   ρ = π(A|S) / b(A|S)
 * Q(S₀, A₀) ← Q(S₀, A₀) + α [G − Q(S₀, A₀)]
 * </pre>
 *
 * <p>where π is greedy and b the behaviour. Source: De Asis et al., <i>Multi-Step Reinforcement
 * Learning: A Unifying Algorithm</i>, AAAI 2018; Sutton &amp; Barto, 2nd ed., 2018, section 7.6,
 * with one σ for all steps. The probability b(A|S) is taken by the values as they are when the
 * transition is observed, which in batches of several rows may differ slightly from those that the
 * action was chosen by.
 *
 * <p>At the end of an episode, a truncation too, steps get the shorter targets that there are:
 * nothing reaches into the next episode. γ is multiplied by the environment's own discount, which
 * is 0 after a terminal state; at a truncation targets bootstrap from the true last observation.
 *
 * <p>Holds the last n steps of every row. Rows of a batch are learned from one after the other. Not
 * thread-safe.
 */
public final class NStepQSigma extends NStepControl {
  /** The id of this learner. */
  public static final String ID = "n-step-q-sigma";

  private final double sigma;

  /**
   * Creates a learner with a new table.
   *
   * @throws IllegalArgumentException if actions are not finite, or the table that {@code values}
   *     names does not suit the observations
   */
  public NStepQSigma(LearnerContext context, Config config) {
    super(ID, context, config.nStep());
    this.sigma = config.sigma();
  }

  @Override
  double bootstrap(Transitions transitions, int row) {
    return expected(greedy, transitions, row);
  }

  @Override
  double target(StepWindow window, double bootstrap) {
    double next = bootstrap;
    double g = 0;
    for (int k = window.length() - 1; k >= 0; k--) {
      g = window.reward(k) + gamma * window.discount(k) * next;
      if (k > 0) {
        int entry = window.entry(k);
        int first = entry - entry % q.actions();
        int slot = window.slot(k);
        double pi = greedy.of(q, entry, window.observations(), slot);
        double rho = pi / window.chance(k);
        double all = greedy.expected(q, first, window.observations(), slot);
        next = all + (sigma * rho + (1 - sigma) * pi) * (g - q.get(entry));
      }
    }
    return g;
  }

  /**
   * Hyperparameters.
   *
   * @param nStep those of every n-step control learner
   * @param sigma σ, in [0, 1]: 1 samples as SARSA does, 0 takes expectations as tree backup does
   */
  @RecordBuilder
  public record Config(
      NStepConfig nStep,
      @Described(
              value = "degree of sampling: 1 samples, 0 takes expectations",
              range = Require.UNIT)
          double sigma)
      implements NStepQSigmaConfigBuilder.With {
    public Config {
      Require.unit("sigma", sigma);
    }

    /** The family's defaults, and σ in the middle. */
    public static Config defaults() {
      return new Config(NStepConfig.defaults(), 0.5);
    }
  }
}
