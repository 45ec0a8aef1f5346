package org.bellmanrl.policy;

import java.util.Arrays;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.state.State;
import org.bellmanrl.api.state.StateException;

/** How a {@link TablePolicy} stands in a file. */
final class TableFormat implements PolicyFormat {
  static final String NAME = "table";

  private static final int MOST_NUMBERS = 1 << 28;

  @Override
  public String name() {
    return NAME;
  }

  static void write(TablePolicy table, State state) {
    state.carry("rule", table.rule().name());
    state.carry("numbers", table.numbers());
  }

  @Override
  public WritablePolicy read(Space observationSpace, Space actionSpace, State state) {
    String name = state.carry("rule", "");
    TablePolicy.Rule rule =
        Arrays.stream(TablePolicy.Rule.values())
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new StateException(
                    "expected one of %s, found '%s'"
                        .formatted(Arrays.toString(TablePolicy.Rule.values()), name)));
    double[] numbers = state.carryUpTo("numbers", new double[0], 0, MOST_NUMBERS);
    return new TablePolicy(observationSpace, actionSpace, numbers, rule);
  }
}
