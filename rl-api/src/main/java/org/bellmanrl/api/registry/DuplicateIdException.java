package org.bellmanrl.api.registry;

/** Thrown when two entries of a kind have the same id; the message names both origins. */
final class DuplicateIdException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  DuplicateIdException(String message) {
    super(message);
  }
}
