package org.bellmanrl.lab.internal.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bellmanrl.api.Environment;
import org.bellmanrl.api.model.Modelled;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.api.render.GridView;
import org.bellmanrl.env.EnvCatalogue;
import org.bellmanrl.env.toytext.FrozenLake;
import org.bellmanrl.env.toytext.FrozenLakeOptions;
import org.junit.jupiter.api.Test;

class ReachabilityCheckTest {
  private static Optional<String> doubt(Environment task) {
    return task.capability(Modelled.class)
        .flatMap(modelled ->
            ReachabilityCheck.doubt(
                task.spec(), modelled.model(), task.capability(GridView.class)));
  }

  @Test
  void doubt_ofTheTasksAsTheyAre_isEmpty() {
    int modelled = 0;
    for (EnvironmentEntry entry : Registry.of(new EnvCatalogue()).all(EnvironmentEntry.class)) {
      try (Environment task = entry.create(entry.options().defaults())) {
        modelled += task.capability(Modelled.class).isPresent() ? 1 : 0;
        assertThat(doubt(task)).as(entry.id()).isEmpty();
      }
    }
    assertThat(modelled).isGreaterThan(10);
  }

  @Test
  void doubt_ofAGoalBehindHoles_namesIt() {
    FrozenLakeOptions options = FrozenLakeOptions.defaults();
    assertThat(doubt(new FrozenLake(options.withMap(List.of("SFH", "FFF", "FHG"))))).isEmpty();
    assertThat(doubt(new FrozenLake(options.withMap(List.of("SFF", "FFH", "FHG")))))
        .contains("no move of FrozenLake-v1 leads to an end 'G' of its map");
  }
}
