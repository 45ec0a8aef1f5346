package org.bellmanrl.env.classic;

/** Which equations of motion an {@link Acrobot} follows. */
public enum AcrobotDynamics {
  /** Those of Sutton and Barto's book and of the published experiments. */
  BOOK,
  /** Those printed in Sutton's paper of 1996, which lack a term. */
  NIPS
}
