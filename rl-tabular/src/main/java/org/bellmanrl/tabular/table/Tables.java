package org.bellmanrl.tabular.table;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bellmanrl.api.Accepts;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.options.OptionSchema.OptionException;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.tabular.internal.ActionIndex;
import org.bellmanrl.tabular.internal.States;
import org.bellmanrl.tabular.table.TableConfig.Estimates;

/** Makes the table that a learner's {@code values} option names. */
public final class Tables {
  /** The id of tables that hold every state of a finite space. */
  public static final String DENSE = "dense";

  /** The id of tables that grow as states are seen. */
  public static final String HASHED = "hashed";

  private static final List<Space.Kind> FINITE = List.of(Space.Kind.FINITE);

  private Tables() {}

  /** Returns what learners accept whose {@code values} may be {@link #HASHED}. */
  public static Accepts accepts() {
    return new Accepts(List.of(Space.Kind.FINITE, Space.Kind.INTEGERS), FINITE);
  }

  /**
   * Makes a table of action values.
   *
   * @param learner how messages call the learner
   * @param values the id of the table
   * @param initialValue the value everywhere before anything is learned
   * @throws IllegalArgumentException if the table does not suit the task, or is not known
   */
  public static QTable actionValues(
      String learner, LearnerContext context, String values, double initialValue) {
    TableConfig config = new TableConfig(Estimates.ACTION_VALUES, initialValue);
    return make(QTable.class, learner, context, values, config);
  }

  /**
   * Makes a table of state values. The parameters are those of {@link #actionValues}.
   *
   * @throws IllegalArgumentException if the table does not suit the task, or is not known
   */
  public static VTable stateValues(
      String learner, LearnerContext context, String values, double initialValue) {
    TableConfig config = new TableConfig(Estimates.STATE_VALUES, initialValue);
    return make(VTable.class, learner, context, values, config);
  }

  /** Makes a table of every state of a finite space. */
  public static ValueFunction dense(EnvironmentSpec spec, TableConfig config) {
    return config.table(spec, new DenseStates(spec.observationSpace()));
  }

  /** Makes a table that grows as states are seen. */
  public static ValueFunction hashed(EnvironmentSpec spec, TableConfig config) {
    return config.table(spec, new HashedStates(spec.observationSpace()));
  }

  private static <T extends ValueFunction> T make(
      Class<T> type, String learner, LearnerContext context, String values, TableConfig config) {
    EnvironmentSpec spec = context.spec();
    ValueFunction table =
        switch (values) {
          case DENSE -> {
            checkDense(learner, spec, config.estimates());
            yield dense(spec, config);
          }
          case HASHED -> {
            accepts().check(learner, spec);
            yield hashed(spec, config);
          }
          default -> provided(learner, context, values, config);
        };
    if (!type.isInstance(table)) {
      throw new IllegalArgumentException(
          "the values of %s cannot be '%s', which is a %s and not a %s; take '%s' or '%s'"
              .formatted(
                  learner,
                  values,
                  table.getClass().getSimpleName(),
                  type.getSimpleName(),
                  DENSE,
                  HASHED));
    }
    return type.cast(table);
  }

  private static void checkDense(String learner, EnvironmentSpec spec, Estimates estimates) {
    boolean finite = Space.Kind.FINITE.matches(spec.observationSpace());
    if (!finite && Space.Kind.INTEGERS.matches(spec.observationSpace())) {
      throw new IllegalArgumentException(
          "%s cannot number the observations of %s in advance, which are %s; set values=hashed"
              .formatted(learner, spec.name(), spec.observationSpace()));
    }
    Accepts.tables().check(learner, spec);
    int perState =
        estimates == Estimates.ACTION_VALUES ? ActionIndex.of(spec.actionSpace()).size() : 1;
    States.requireRoom(
        spec, perState, "set values=hashed, which holds only the states that have been seen");
  }

  private static ValueFunction provided(
      String learner, LearnerContext context, String values, TableConfig config) {
    new Accepts(List.of(Space.Kind.ANY), FINITE).check(learner, context.spec());
    String estimates = config.estimates().name().toLowerCase(Locale.ROOT);
    Map<String, ?> options = Map.of("estimates", estimates, "initial_value", config.initialValue());
    try {
      return context.valueFunctions().apply(values, options);
    } catch (OptionException e) {
      throw new IllegalArgumentException(
          "the values of %s cannot be '%s', which does not take the options of a table: %s"
              .formatted(learner, values, e.getMessage()),
          e);
    }
  }
}
