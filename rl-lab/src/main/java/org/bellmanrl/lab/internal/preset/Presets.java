package org.bellmanrl.lab.internal.preset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bellmanrl.lab.internal.run.Document;

/**
 * The presets that come with this release: a file for each learner and environment, {@code
 * presets/LEARNER/ENVIRONMENT.yaml} beside this class, read when it is asked for.
 */
public final class Presets {

  /** All presets of a learner on an environment, in the order of their file. */
  public List<Preset> of(String learner, String environment) {
    String file = "presets/" + learner + "/" + environment + ".yaml";
    try (InputStream in = Presets.class.getResourceAsStream(file)) {
      if (in == null) {
        return List.of();
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<Preset> presets = new ArrayList<>();
      for (Document document : Document.parseAll(file, text)) {
        presets.add(Preset.of(document));
      }
      return presets;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The preset with the most conditions among those whose conditions hold; the first of equals. */
  public Optional<Preset> find(String learner, String environment, Predicate<Preset> holds) {
    Preset best = null;
    for (Preset preset : of(learner, environment)) {
      if ((best == null || preset.conditions() > best.conditions()) && holds.test(preset)) {
        best = preset;
      }
    }
    return Optional.ofNullable(best);
  }
}
