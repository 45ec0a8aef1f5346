/**
 * Hyperparameter search: what is searched ({@link org.bellmanrl.lab.internal.tune.SearchSpace}),
 * how the next point is chosen ({@link org.bellmanrl.lab.internal.tune.Sampler}), which trials end
 * early ({@link org.bellmanrl.lab.internal.tune.Pruner}), and the folder that keeps it ({@link
 * org.bellmanrl.lab.internal.tune.Study}).
 */
@NullMarked
package org.bellmanrl.lab.internal.tune;

import org.jspecify.annotations.NullMarked;
