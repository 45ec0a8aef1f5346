package org.bellmanrl.api.random;

/**
 * What a random stream is for. Every role has a published key that is part of how streams are
 * derived (see {@link Streams}); keys never change and are never used again for another role, so a
 * seed keeps its meaning when roles are added.
 */
public enum Role {
  /** The dynamics and starts of training environments. Key 0. */
  ENVIRONMENT(0),
  /** Exploration: the actions of the behaviour policy. Key 1. */
  POLICY(1),
  /** What a learner draws in its updates, such as minibatch order. Key 2. */
  LEARNER(2),
  /** The dynamics and starts of evaluation environments. Key 3. */
  EVALUATION_ENVIRONMENT(3),
  /** The actions of a policy under evaluation. Key 4. */
  EVALUATION_POLICY(4),
  /** The initial values of parameters. Key 5. */
  INITIALISATION(5),
  /** The sampling of replay memories. Key 6. */
  REPLAY(6);

  private final int key;

  Role(int key) {
    this.key = key;
  }

  /**
   * Returns the first entry of the spawn key of this role's streams.
   *
   * @return the published key, at least 0
   */
  public int key() {
    return key;
  }
}
