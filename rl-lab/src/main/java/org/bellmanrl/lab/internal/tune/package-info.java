/**
 * Searches for hyperparameters by trainings: the folder that keeps one ({@link
 * org.bellmanrl.lab.internal.tune.Study}), the spaces that come with learners, and pictures.
 */
@NullMarked
package org.bellmanrl.lab.internal.tune;

import org.jspecify.annotations.NullMarked;
