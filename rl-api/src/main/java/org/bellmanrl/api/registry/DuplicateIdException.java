package org.bellmanrl.api.registry;

/** Says that two providers of a kind have the same id; the message names both and their origins. */
public final class DuplicateIdException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  DuplicateIdException(String message) {
    super(message);
  }
}
