package org.bellmanrl.api.registry;

/**
 * Says that nothing has an id; the message names similar ids, and all that there are if they are
 * few.
 */
public final class UnknownIdException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnknownIdException(String message) {
    super(message);
  }
}
