package org.bellmanrl.deep.continuous;

/** How several critics become the one value that the policy maximises. */
enum CriticReduction {
  /** The first critic alone (Fujimoto et al., 2018). */
  FIRST,
  /** The smallest value of all (Haarnoja et al., 2018). */
  SMALLEST,
  /** The mean of all (Chen et al., 2021). */
  MEAN;

  /** Returns how many of a number of critics take part. */
  int used(int critics) {
    return this == FIRST ? 1 : critics;
  }
}
