package org.bellmanrl.api.registry;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An id: {@code namespace/Name-vN} where results depend on the exact thing, as for environments,
 * and {@code namespace/kebab-case} otherwise, as for learners. This project's own things need no
 * namespace: {@code FrozenLake-v1}, {@code q-learning}.
 *
 * @param namespace who offers it; {@link #OWN} for this project
 * @param name the name without namespace and version
 * @param version the version, if the id has one
 */
record Id(String namespace, String name, OptionalInt version) {
  /** The namespace that may be left out. */
  public static final String OWN = "bellman";

  private static final int MAX_LENGTH = 100;

  private static final Pattern PATTERN =
      Pattern.compile(
          "(?:(?<namespace>[A-Za-z][A-Za-z0-9_.-]*)/)?"
              + "(?:(?<name>[A-Za-z0-9][A-Za-z0-9_.-]*)-v(?<version>0|[1-9][0-9]{0,8})"
              + "|(?<plain>[a-z][a-z0-9]*(?:-[a-z0-9]+)*))");

  /**
   * Reads an id.
   *
   * @throws IllegalArgumentException if the text is not of that form
   */
  public static Id parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (text.length() > MAX_LENGTH || !matcher.matches()) {
      throw new IllegalArgumentException(
          "an id must be namespace/Name-vN or namespace/kebab-case, the namespace being optional,"
              + " and have at most "
              + MAX_LENGTH
              + " characters, was '"
              + text
              + "'");
    }
    String namespace = matcher.group("namespace") == null ? OWN : matcher.group("namespace");
    return matcher.group("plain") == null
        ? new Id(
            namespace,
            matcher.group("name"),
            OptionalInt.of(Integer.parseInt(matcher.group("version"))))
        : new Id(namespace, matcher.group("plain"), OptionalInt.empty());
  }

  /** Returns the id without its version and without the namespace that may be left out. */
  String base() {
    return namespace.equals(OWN) ? name : namespace + "/" + name;
  }

  /** Returns the shortest text that {@link #parse} reads back as this id. */
  @Override
  public String toString() {
    return version.isPresent() ? base() + "-v" + version.getAsInt() : base();
  }
}
