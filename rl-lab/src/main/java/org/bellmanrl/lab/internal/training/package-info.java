/** Runs: training with checkpoints and trials, from beginning to end or from where it stopped. */
@NullMarked
package org.bellmanrl.lab.internal.training;

import org.jspecify.annotations.NullMarked;
