package org.bellmanrl.api;

/**
 * Takes named numbers. Names are lower case words joined by {@code _}, with {@code /} between
 * groups.
 */
@FunctionalInterface
public interface Metrics {

  /** Reports a number under a name, such as {@code loss} or {@code replay/size}. */
  void scalar(String name, double value);
}
