package org.bellmanrl.deep.policy;

import org.bellmanrl.api.Policy;

/** A policy that can be written down as a network and a way to read its outputs. */
public interface PortablePolicy extends Policy {

  /** What it does without chance, as of now, in a copy of its own. Taken between steps. */
  NetworkPolicy portable();
}
