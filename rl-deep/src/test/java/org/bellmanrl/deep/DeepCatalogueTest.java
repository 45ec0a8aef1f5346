package org.bellmanrl.deep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.LearnerContext;
import org.bellmanrl.api.interaction.Budget;
import org.bellmanrl.api.interaction.RunProgress;
import org.bellmanrl.api.random.Streams;
import org.bellmanrl.api.registry.Catalogue;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.testkit.CatalogueContract;
import org.junit.jupiter.api.Test;

/**
 * Options of this module's entries have the ranges that they say, and are called by their names.
 */
final class DeepCatalogueTest extends CatalogueContract {
  @Override
  protected Catalogue create() {
    return new DeepCatalogue();
  }

  @Test
  void recurrentLayers_whereRefused_areRefusedWithTheLearnersThatTakeThem() {
    List<String> taking = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    for (LearnerEntry entry : Registry.of(create()).all(LearnerEntry.class)) {
      try {
        entry.create(context(entry), Map.of("hidden", "[lstm 4, 4]"));
        taking.add(entry.id());
      } catch (IllegalArgumentException e) {
        refusals.add(e.getMessage());
      }
    }
    assertThat(refusals)
        .isNotEmpty()
        .allSatisfy(refusal ->
            assertThat(refusal)
                .contains(
                    " takes no recurrent layers, hidden was [lstm 4, 4]",
                    "; " + String.join(", ", taking) + " do, or stack frames"));
  }

  private static LearnerContext context(LearnerEntry entry) {
    Space seen = Box.of(-1, 1, 3);
    EnvironmentSpec choice = EnvironmentSpec.of("Choice-v1", seen, new Discrete(2));
    return LearnerContext.of(
        entry.accepts().fits(choice)
            ? choice
            : EnvironmentSpec.of("Push-v1", seen, Box.of(-1, 1, 1)),
        1,
        Streams.of(0),
        new RunProgress(Budget.steps(1000)));
  }
}
