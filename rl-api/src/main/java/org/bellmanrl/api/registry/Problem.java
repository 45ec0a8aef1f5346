package org.bellmanrl.api.registry;

import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;

/**
 * A catalogue or an entry that was found but cannot be used.
 *
 * @param origin the module, jar or folder it is in, or the name of the plugin
 * @param what the entry, or the class name of the catalogue; null if it was not known when the
 *     search failed, in which case the cause's message names it
 * @param cause why it cannot be used
 */
public record Problem(String origin, @Nullable String what, Throwable cause) {
  /** Returns one line that says what is wrong and where. */
  public String message() {
    if (cause instanceof DuplicateIdException) {
      return String.valueOf(cause.getMessage());
    }
    // The service loader's own message only repeats the class name if there is a cause.
    Throwable reason = cause;
    if (cause instanceof ServiceConfigurationError && cause.getCause() != null) {
      reason = cause.getCause();
    }
    String subject = what == null ? "a catalogue" : what;
    String place = subject.contains(origin) ? "" : " in " + origin;
    return (subject + place + " cannot be used: " + reason).replaceAll("\\s*\\R\\s*", " ");
  }
}
