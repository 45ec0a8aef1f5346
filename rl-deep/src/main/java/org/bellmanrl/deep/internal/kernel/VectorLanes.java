package org.bellmanrl.deep.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The width at which the parts of the vector kernel use the Vector API (JEP 508): the machine's.
 *
 * <p>There is one width only. With a second one in use, for few columns, the profiles that HotSpot
 * keeps inside the Vector API mixed the two, blocks compiled afterwards made an object of every
 * vector, and took twelve times as long. Few columns are left to {@link Products#multiplyNarrow}
 * and plain Java.
 *
 * <p>A lane holds one output column with its own chain of additions, or one of a fixed number of
 * partial sums, so the width does not show in the result. Of the operations only those are used
 * that IEEE 754 defines exactly.
 */
final class VectorLanes {
  static final VectorSpecies<Float> WIDE =
      FloatVector.SPECIES_PREFERRED.length() > Kernel.WIDTH
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  private VectorLanes() {}
}
