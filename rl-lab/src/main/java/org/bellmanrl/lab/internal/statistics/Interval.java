package org.bellmanrl.lab.internal.statistics;

/**
 * Where a number probably lies.
 *
 * @param low lower end
 * @param high upper end, at least {@code low}
 */
public record Interval(double low, double high) {}
