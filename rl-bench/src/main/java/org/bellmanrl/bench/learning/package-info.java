/**
 * What learners reach: every preset trained from several seeds, beside published results. {@link
 * org.bellmanrl.bench.learning.LearningTask} is where a task is entered.
 */
@NullMarked
package org.bellmanrl.bench.learning;

import org.jspecify.annotations.NullMarked;
