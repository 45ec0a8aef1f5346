package org.bellmanrl.deep.network;

/** The function that a layer applies to each of its outputs. */
public enum Activation {
  /** None: the outputs as they are. */
  NONE,
  /** max(x, 0). */
  RELU,
  /** x where it is positive, else 0.01 x (Maas, Hannun and Ng, 2013). */
  LEAKY_RELU,
  /** The hyperbolic tangent. */
  TANH,
  /** x · sigmoid(x), also called swish (Elfwing, Uchibe and Doya, 2018). */
  SILU
}
