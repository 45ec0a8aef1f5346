package org.bellmanrl.api.registry;

import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;

/**
 * A provider that was found but cannot be used.
 *
 * @param origin the module, jar or folder it is in, or the name of the plugin
 * @param provider its class name; null if it was not known when the search failed, then the cause's
 *     message names it
 * @param cause why it cannot be used
 */
public record Problem(String origin, @Nullable String provider, Throwable cause) {
  /** Says in one line what is wrong and where. */
  public String message() {
    if (cause instanceof DuplicateIdException) {
      return String.valueOf(cause.getMessage());
    }
    // The service loader's own message only repeats the class name if there is a cause.
    Throwable reason = cause;
    if (cause instanceof ServiceConfigurationError && cause.getCause() != null) {
      reason = cause.getCause();
    }
    String what = provider == null ? "a provider" : provider;
    return (what + " in " + origin + " cannot be used: " + reason).replaceAll("\\s*\\R\\s*", " ");
  }
}
