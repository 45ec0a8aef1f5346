package org.bellmanrl.api.model;

/** A capability of environments that know their own dynamics exactly. */
public interface Modelled {

  /** The exact model; state and action numbers are the indices of the environment's spaces. */
  FiniteModel model();
}
