package org.bellmanrl.api.options;

/**
 * Says that an option does not exist or that its value cannot be understood; the message names the
 * option, the value and what would be right.
 */
public final class OptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with a message for the person who gave the option. */
  public OptionException(String message) {
    super(message);
  }
}
