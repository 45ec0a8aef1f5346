package org.bellmanrl.lab.internal.textbook;

import com.google.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.model.FiniteModel;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.results.document.UserError;
import org.bellmanrl.tabular.dp.FiniteHorizon;
import org.bellmanrl.tabular.dp.PolicyEvaluation;
import org.bellmanrl.tabular.dp.PolicyTable;
import org.bellmanrl.tabular.dp.SweepOrder;
import org.bellmanrl.tabular.dp.ValueIteration;
import org.jspecify.annotations.Nullable;

/**
 * Carries out settings, on all processors.
 *
 * <p>The seed of a run is made of the setting's name and the run's number, so results depend
 * neither on threads nor on which settings are carried out.
 */
public final class Laboratory {
  private static final double PRECISION = 1e-12;
  private static final int MOST_SWEEPS = 1_000_000;
  private static final int SEEDS_PER_NAME = 1 << 20;

  private final Registry registry;

  /** A laboratory with what is registered. */
  @Inject
  public Laboratory(Registry registry) {
    this.registry = registry;
  }

  /**
   * The result of a check: what the best variant gave.
   *
   * @param number which of the setting's checks
   * @param outcomes of its variants
   */
  Result check(Setting setting, int number, List<Outcome> outcomes) {
    int at = 0;
    for (int i = 0; i < number; i++) {
      at += setting.checks().get(i).measure().width(1);
    }
    Check check = setting.checks().get(number);
    int width = check.measure().width(1);
    Result best = null;
    List<Map<String, @Nullable Object>> variants = setting.variants();
    for (int i = 0; i < outcomes.size(); i++) {
      int place =
          check.measure().fold() == Measure.Fold.PEAK
              ? outcomes.get(i).largest(at, at + width)
              : at;
      double mean = outcomes.get(i).mean(place);
      if (best == null || mean < best.measured()) {
        String varied = setting.varied();
        String variant = varied.isEmpty() ? "" : varied + "=" + variants.get(i).get(varied);
        best = new Result(check, mean, outcomes.get(i).standardError(place), variant);
      }
    }
    if (best == null) {
      throw new IllegalArgumentException(setting.name() + " has no outcome");
    }
    return best;
  }

  /**
   * Carries out a setting.
   *
   * @param runs how many runs
   * @return an outcome for each variant
   */
  List<Outcome> carryOut(Setting setting, int runs) {
    List<Outcome> outcomes = new ArrayList<>();
    if (setting.learner().isEmpty()) {
      outcomes.add(exact(setting));
      return outcomes;
    }
    double[] truth = truth(setting);
    LearnerEntry learner = registry.get(LearnerEntry.class, setting.learner());
    for (Map<String, @Nullable Object> variant : setting.variants()) {
      outcomes.add(new Outcome(all(setting, prepared(learner, variant), truth, runs)));
    }
    return outcomes;
  }

  private static Run.Maker prepared(LearnerEntry learner, Map<String, @Nullable Object> options) {
    Record config = learner.options().parse(options);
    return context -> learner.create(context, config);
  }

  private double[][] all(Setting setting, Run.Maker learner, double[] truth, int runs) {
    double[][] numbers = new double[runs][];
    AtomicInteger next = new AtomicInteger();
    Callable<Boolean> worker =
        () -> {
          int run = next.getAndIncrement();
          while (run < runs) {
            try (Environment environment = environment(setting, run)) {
              numbers[run] = new Run(setting, environment, learner, truth, seed(setting, run)).go();
            }
            run = next.getAndIncrement();
          }
          return true;
        };
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<Boolean>> ends = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        ends.add(workers.submit(worker));
      }
      for (Future<Boolean> end : ends) {
        end.get();
      }
    } catch (ExecutionException e) {
      throw new UserError(setting.name() + " could not be run: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError(setting.name() + " was interrupted", e);
    }
    return numbers;
  }

  private static long seed(Setting setting, int run) {
    CRC32 hash = new CRC32();
    hash.update(setting.name().getBytes(StandardCharsets.UTF_8));
    return hash.getValue() * SEEDS_PER_NAME + run;
  }

  private Environment environment(Setting setting, int run) {
    EnvironmentEntry entry = registry.get(EnvironmentEntry.class, setting.environment());
    Map<String, @Nullable Object> options = new LinkedHashMap<>(setting.with());
    options.replaceAll((name, value) -> "RUN".equals(value) ? Integer.valueOf(run) : value);
    return entry.create(options);
  }

  private FiniteModel model(Setting setting) {
    try (Environment environment = environment(setting, 0)) {
      return environment
          .capability(Modelled.class)
          .orElseThrow(() -> new UserError(setting.environment() + " has no model to compare with"))
          .model();
    }
  }

  /** The values of doing anything, where errors are measured; empty elsewhere. */
  double[] truth(Setting setting) {
    boolean needed = false;
    for (Check check : setting.checks()) {
      needed |=
          check.measure().kind() == Measure.Kind.RMS
              || check.measure().kind() == Measure.Kind.VALUES;
    }
    if (!needed) {
      return new double[0];
    }
    FiniteModel model = model(setting);
    PolicyEvaluation evaluation =
        new PolicyEvaluation(
            model,
            PolicyTable.uniform(model.states(), model.actions()),
            new PolicyEvaluation.Config(setting.gamma(), PRECISION, MOST_SWEEPS));
    evaluation.run();
    double[] truth = new double[model.states()];
    for (int s = 0; s < truth.length; s++) {
      truth[s] = evaluation.value(s);
    }
    return truth;
  }

  private Outcome exact(Setting setting) {
    FiniteModel model = model(setting);
    double[] values = new double[setting.checks().size()];
    for (int i = 0; i < values.length; i++) {
      Measure measure = setting.checks().get(i).measure();
      values[i] =
          switch (measure.kind()) {
            case START_VALUE -> startValue(model, setting.gamma());
            case START_VALUE_WITHIN ->
                new FiniteHorizon(model, setting.gamma(), measure.to()).startValue(measure.to());
            default ->
                throw new UserError(setting.name() + " has no learner to measure " + measure);
          };
    }
    return new Outcome(new double[][] {values});
  }

  private static double startValue(FiniteModel model, double gamma) {
    ValueIteration iteration =
        new ValueIteration(
            model,
            new ValueIteration.Config(gamma, PRECISION, SweepOrder.GAUSS_SEIDEL, MOST_SWEEPS));
    iteration.run();
    return iteration.startValue();
  }
}
