package org.bellmanrl.deep.policy;

import org.bellmanrl.api.Policy;

/** A policy that can be written down as a network and a way to read its outputs. */
public interface PortablePolicy extends Policy {

  /** A copy as of now, which acts alike from the same streams. Taken between steps. */
  NetworkPolicy portable();
}
