package org.bellmanrl.lab.preset;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bellmanrl.api.registry.EnvironmentEntry;
import org.bellmanrl.api.registry.LearnerEntry;
import org.bellmanrl.api.registry.Registry;
import org.bellmanrl.lab.internal.assembly.Assembler;
import org.bellmanrl.lab.internal.assembly.Resolver;
import org.bellmanrl.lab.internal.assembly.TrainingRequest;
import org.bellmanrl.lab.internal.run.Experiment;
import org.bellmanrl.results.document.UserError;

/**
 * Finds the settings that are known to work for a learner on a task, such as those of RL Baselines3
 * Zoo: the presets that {@code ./rl train} starts from.
 *
 * <pre>{@code
 * Preset preset = Presets.discover().find("ppo", "CartPole-v1").orElseThrow();
 * try (Trainer<?> trainer =
 *     Trainer.on(preset.environments()).budget(preset.budget()).build(preset::learner)) {
 *   trainer.run();
 * }
 * }</pre>
 *
 * <p>Besides those of this module, presets are found in files of any jar or module: {@code
 * META-INF/bellman/presets/LEARNER/ENVIRONMENT.yaml}, where the ids may hold a namespace and so
 * name a folder. A file is a list of presets, of which the one with the most conditions that hold
 * is taken; among equals, those of this module come first.
 *
 * <p>Immutable and thread-safe.
 */
public final class Presets {
  private final Assembler assembler;
  private final Resolver resolver;

  private Presets(ClassLoader loader) {
    this.assembler = new Assembler(Registry.builder().discover(loader).build());
    this.resolver = new Resolver(assembler.entries(), List.of(loader));
  }

  /** Returns the presets that this module's class loader finds, for what is registered there. */
  public static Presets discover() {
    return discover(Objects.requireNonNull(Presets.class.getClassLoader()));
  }

  /** Returns the presets that a class loader and its parents find, for what is registered there. */
  public static Presets discover(ClassLoader loader) {
    return new Presets(loader);
  }

  /**
   * Finds the preset of a learner on an environment with its default options.
   *
   * @return empty if there is none
   * @throws IllegalArgumentException if no learner or no environment has that id
   */
  public Optional<Preset> find(String learner, String environment) {
    return find(learner, environment, Map.of());
  }

  /**
   * Finds the preset of a learner on an environment.
   *
   * @param options of the environment, by name; {@code max_episode_steps} too
   * @return empty if there is none for these options
   * @throws IllegalArgumentException if no learner or no environment has that id, the environment
   *     refuses the options, or a file of presets is malformed
   */
  public Optional<Preset> find(String learner, String environment, Map<String, ?> options) {
    Registry registry = assembler.entries().registry();
    TrainingRequest request =
        TrainingRequest.of(
                registry.get(LearnerEntry.class, learner).id(),
                registry.get(EnvironmentEntry.class, environment).id())
            .withEnvironmentOptions(Map.copyOf(options));
    try {
      Experiment experiment = resolver.resolve(request);
      return experiment.preset().isEmpty()
          ? Optional.empty()
          : Optional.of(new Preset(assembler, experiment));
    } catch (UserError e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
