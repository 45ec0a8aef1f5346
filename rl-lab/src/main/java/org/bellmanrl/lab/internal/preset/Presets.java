package org.bellmanrl.lab.internal.preset;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * Presets, read from files when they are asked for: a file for each learner and environment. Those
 * of this release are {@code presets/LEARNER/ENVIRONMENT.yaml} beside this class, those of plugins
 * and libraries {@code META-INF/bellman/presets/LEARNER/ENVIRONMENT.yaml}, which no module hides.
 * Some learners have a file {@code _any.yaml} besides, for environments that have none. An entry
 * that is {@code like} another environment's has what it leaves out from the first preset there.
 */
public final class Presets {
  /** The name of the file for environments without one; no id is like it. */
  static final String ANY = "_any";

  private static final String OF_PLUGINS = "META-INF/bellman/";

  private final List<ClassLoader> loaders;

  /** The presets of this release. */
  public Presets() {
    this(List.of());
  }

  /** The presets of this release, and those that class loaders and their parents find. */
  public Presets(List<? extends ClassLoader> loaders) {
    this.loaders = List.copyOf(loaders);
  }

  /**
   * All presets of a learner on an environment: those of this release, then those of each class
   * loader, in the order of their file.
   *
   * @throws UserError if a file can't be read, or is malformed
   */
  public List<Preset> of(String learner, String environment) {
    return of(learner, environment, List.of());
  }

  /**
   * All presets of a learner on an environment.
   *
   * @param likes the environments that have led here
   */
  private List<Preset> of(String learner, String environment, List<String> likes) {
    String file = "presets/" + learner + "/" + environment + ".yaml";
    List<Preset> presets = new ArrayList<>();
    URL own = Presets.class.getResource(file);
    if (own != null) {
      add(file, own, like -> like(learner, like, environment, likes), presets);
    }
    // A plugin's class loader finds what its parents find, too.
    Map<String, URL> found = new LinkedHashMap<>();
    for (ClassLoader loader : loaders) {
      try {
        for (URL url : Collections.list(loader.getResources(OF_PLUGINS + file))) {
          found.putIfAbsent(url.toExternalForm(), url);
        }
      } catch (IOException e) {
        throw unreadable(file, e);
      }
    }
    found.forEach((origin, url) ->
        add(origin, url, like -> like(learner, like, environment, likes), presets));
    return presets;
  }

  /** The preset that one of an environment is like. */
  private Preset like(String learner, String like, String environment, List<String> likes) {
    List<String> all = new ArrayList<>(likes);
    all.add(environment);
    if (all.contains(like)) {
      throw new UserError(
          "presets of %s are like each other: %s, %s"
              .formatted(learner, String.join(", ", all), like));
    }
    List<Preset> presets = of(learner, like, all);
    if (presets.isEmpty()) {
      throw new UserError(
          "a preset of %s on %s is like one on %s, and there is none"
              .formatted(learner, environment, like));
    }
    return presets.getFirst();
  }

  private static void add(
      String origin, URL url, Function<String, Preset> likes, List<Preset> presets) {
    try {
      URLConnection connection = url.openConnection();
      // A cached jar would stay open after its plugin is closed.
      connection.setUseCaches(false);
      try (InputStream in = connection.getInputStream()) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        for (Document document : Document.parseAll(origin, text)) {
          @Nullable Preset like = document.has("like") ? likes.apply(document.text("like")) : null;
          presets.add(Preset.of(document, like));
        }
      }
    } catch (IOException e) {
      throw unreadable(origin, e);
    }
  }

  private static UserError unreadable(String file, IOException e) {
    return new UserError("cannot read the presets " + file + ": " + e.getMessage(), e);
  }

  /**
   * The preset with the most conditions among those whose conditions hold; the first of equals. It
   * is one for any environment if there is none for this one.
   */
  public Optional<Preset> find(String learner, String environment, Predicate<Preset> holds) {
    return best(of(learner, environment), holds).or(() -> best(of(learner, ANY), holds));
  }

  private static Optional<Preset> best(List<Preset> presets, Predicate<Preset> holds) {
    Preset best = null;
    for (Preset preset : presets) {
      if ((best == null || preset.conditions() > best.conditions()) && holds.test(preset)) {
        best = preset;
      }
    }
    return Optional.ofNullable(best);
  }
}
