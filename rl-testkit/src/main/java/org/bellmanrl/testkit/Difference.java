package org.bellmanrl.testkit;

/**
 * Where two records of the same thing part.
 *
 * @param field what differs
 * @param expected its value in the first
 * @param actual its value in the second
 */
record Difference(String field, String expected, String actual) {}
