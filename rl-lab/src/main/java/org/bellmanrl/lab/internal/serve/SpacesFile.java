package org.bellmanrl.lab.internal.serve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bellmanrl.api.EnvironmentSpec;
import org.bellmanrl.api.space.Box;
import org.bellmanrl.api.space.Dict;
import org.bellmanrl.api.space.Discrete;
import org.bellmanrl.api.space.MultiBinary;
import org.bellmanrl.api.space.MultiDiscrete;
import org.bellmanrl.api.space.Space;
import org.bellmanrl.api.space.Tuple;
import org.bellmanrl.results.document.Document;
import org.bellmanrl.results.document.TextFile;
import org.bellmanrl.results.document.UserError;
import org.jspecify.annotations.Nullable;

/**
 * The task of a program that runs elsewhere, as a YAML or JSON file:
 *
 * <pre>{@code
 * name: my/Queue-v0
 * observations: {multi-discrete: [11, 11]}
 * actions: {discrete: 2}
 * max_episode_steps: 500
 * }</pre>
 *
 * <p>A space is {@code discrete: N}, {@code multi-discrete: [N, …]}, {@code multi-binary: N},
 * {@code box: {shape: […], low: L, high: H}} with numbers or lists as long as the box, {@code
 * pixels: [HEIGHT, WIDTH, CHANNELS]}, {@code dict: {NAME: SPACE, …}} or {@code tuple: [SPACE, …]}.
 */
public final class SpacesFile {
  private static final String KINDS =
      "discrete, multi-discrete, multi-binary, box, pixels, dict or tuple";

  /** What such a file says, for users. */
  public static final String FORM =
      """
      The file of --spaces is YAML or JSON:

        name: my/Queue-v0
        observations: {multi-discrete: [11, 11]}
        actions: {discrete: 2}
        max_episode_steps: 500    # optional: episodes have no limit without it
        masked: true              # optional: observations have a mask of allowed actions

      A space is one of:

        discrete: N
        multi-discrete: [N, …]
        multi-binary: N
        box: {shape: [N, …], low: L, high: H}    # numbers, or lists as long as the box
        pixels: [HEIGHT, WIDTH, CHANNELS]
        dict: {NAME: SPACE, …}
        tuple: [SPACE, …]\
      """;

  private SpacesFile() {}

  /**
   * Reads a file.
   *
   * @throws UserError if it can't be read, or says something else
   */
  public static EnvironmentSpec read(Path file) {
    return of(Document.parse(file.toString(), TextFile.read(file, "a file of spaces")));
  }

  static EnvironmentSpec of(Document document) {
    try {
      String name = document.has("name") ? document.text("name") : "external/Task-v0";
      EnvironmentSpec spec =
          EnvironmentSpec.of(
                  name, space(document.mapping("observations")), space(document.mapping("actions")))
              .notResumable();
      if (document.has("max_episode_steps")) {
        spec =
            spec.withMaxEpisodeSteps(
                (int) document.whole("max_episode_steps", 1, Integer.MAX_VALUE));
      }
      if (document.has("masked") && Boolean.TRUE.equals(document.entries().get("masked"))) {
        spec = spec.withMask();
      }
      document.refuseOthers();
      return spec;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UserError("the file of spaces: " + e.getMessage(), e);
    }
  }

  private static Space space(Document document) {
    if (document.entries().size() != 1) {
      throw new UserError(
          "a space must be one of %s, was %s".formatted(KINDS, document.entries().keySet()));
    }
    String kind = document.entries().keySet().iterator().next();
    return switch (kind) {
      case "discrete" -> new Discrete((int) document.whole(kind, 1, Integer.MAX_VALUE));
      case "multi-discrete" -> new MultiDiscrete(ints(document.wholes(kind)));
      case "multi-binary" -> new MultiBinary((int) document.whole(kind, 1, Integer.MAX_VALUE));
      case "pixels" -> {
        int[] shape = ints(document.wholes(kind));
        if (shape.length != 3) {
          throw new UserError(
              "pixels must be [height, width, channels], was " + document.wholes(kind));
        }
        yield Box.pixels(shape[0], shape[1], shape[2]);
      }
      case "box" -> box(document.mapping(kind));
      case "dict" -> {
        Document parts = document.mapping(kind);
        Map<String, Space> spaces = new TreeMap<>();
        for (String part : parts.entries().keySet()) {
          spaces.put(part, space(parts.mapping(part)));
        }
        yield Dict.of(spaces);
      }
      case "tuple" -> new Tuple(document.mappings(kind).stream().map(SpacesFile::space).toList());
      default -> throw new UserError("unknown space '" + kind + "': there are " + KINDS);
    };
  }

  private static Box box(Document document) {
    int[] shape = ints(document.wholes("shape"));
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    Box box =
        Box.of(
            shape,
            bounds(document, "low", size, Float.NEGATIVE_INFINITY),
            bounds(document, "high", size, Float.POSITIVE_INFINITY));
    document.refuseOthers();
    return box;
  }

  private static float[] bounds(Document document, String name, int size, float missing) {
    float[] bounds = new float[size];
    Arrays.fill(bounds, missing);
    if (!document.has(name)) {
      return bounds;
    }
    @Nullable Object given = document.entries().get(name);
    List<?> list = given instanceof List<?> several ? several : List.of();
    if (!list.isEmpty() && list.size() != size) {
      throw new UserError("%s must be a number or %d numbers, was %s".formatted(name, size, given));
    }
    for (int i = 0; i < size; i++) {
      if (!((list.isEmpty() ? given : list.get(i)) instanceof Number number)) {
        throw new UserError(
            "%s must be a number or %d numbers, was %s".formatted(name, size, given));
      }
      bounds[i] = number.floatValue();
    }
    return bounds;
  }

  private static int[] ints(List<Long> wholes) {
    List<Integer> ints = new ArrayList<>();
    wholes.forEach(whole -> ints.add(Math.toIntExact(whole)));
    return ints.stream().mapToInt(Integer::intValue).toArray();
  }
}
