package org.bellmanrl.lab.internal.assembly;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The contents of a plugin: two are the same plugin if their files have the same bytes.
 *
 * @param jar the name of the jar with the catalogue, which may come from another machine: the name
 *     of a file, not a path
 * @param files the jar with the catalogue and its libraries, in the order in which classes are
 *     looked for
 */
public record PluginFiles(String jar, List<Sum> files) {
  private static final Pattern NAME = Pattern.compile("[^/\\\\\\p{Cntrl}]{1,255}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * A plugin.
   *
   * @throws IllegalArgumentException if the name is no file's, or there are no files
   */
  public PluginFiles {
    if (!NAME.matcher(jar).matches() || jar.equals(".") || jar.equals("..")) {
      throw new IllegalArgumentException(
          "the jar of a plugin must have the name of a file, was '" + jar + "'");
    }
    files = List.copyOf(files);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("the plugin " + jar + " must have a file, has none");
    }
  }

  /** The check sum of the jar with the catalogue. */
  public Sum main() {
    return files.getFirst();
  }

  /** How many bytes the files have together. */
  public long bytes() {
    return files.stream().mapToLong(Sum::bytes).sum();
  }

  /**
   * What a file is known by.
   *
   * @param sha256 in hexadecimal, lower case
   * @param bytes its length
   */
  public record Sum(String sha256, long bytes) {
    /**
     * A check sum.
     *
     * @throws IllegalArgumentException if it can't be one
     */
    public Sum {
      if (!SHA256.matcher(sha256).matches()) {
        throw new IllegalArgumentException(
            "a SHA-256 must be 64 hexadecimal digits, was '" + sha256 + "'");
      }
      if (bytes < 0) {
        throw new IllegalArgumentException("the length of a file must be at least 0, was " + bytes);
      }
    }
  }
}
