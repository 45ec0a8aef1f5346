package org.bellmanrl.api.options;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a component of a configuration record for the people who set it.
 *
 * <pre>{@code
 * record Config(
 *     @Described(value = "how far an estimate moves to its target", range = "(0, 1]")
 *     double stepSize) { … }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Described {
  /** The effect of the option, in a few words without a final full stop. */
  String value();

  /**
   * The allowed numbers, or empty where {@link #value} says what is allowed. It is the record's
   * constructor that enforces them. One of these forms, which contracts of rl-testkit read:
   *
   * <ul>
   *   <li>an interval, {@code "(0, 1]"}: a bracket includes the bound, a parenthesis excludes it;
   *   <li>{@code "above 0"}, {@code "below 1"}, {@code "at least 1"} or {@code "at most 0"}: finite
   *       numbers;
   *   <li>{@code "finite"}.
   * </ul>
   *
   * <p>A bound is a number, {@code inf} or {@code pi} (or minus that), or the name of another
   * option. One more allowed number may stand before, {@code "-1 or at least 1"}, and further
   * conditions in words behind a comma. {@link Require} has constants for the usual ones.
   */
  String range() default "";

  /** Further names under which the option may be given, in snake_case. */
  String[] aliases() default {};
}
