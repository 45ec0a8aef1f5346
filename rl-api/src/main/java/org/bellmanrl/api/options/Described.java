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
  /** What the option does, in a few words without a final full stop. */
  String value();

  /**
   * The allowed values, as text for people: {@code "(0, 1]"}. It is the record's constructor that
   * enforces them.
   */
  String range() default "";

  /** Further names under which the option may be given, in snake_case. */
  String[] aliases() default {};
}
