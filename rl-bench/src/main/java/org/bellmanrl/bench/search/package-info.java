/**
 * How low the samplers of {@code ./rl tune} get on functions whose least value is known, beside
 * Optuna's. {@link org.bellmanrl.bench.search.SearchFunction} is where a function is entered.
 */
@NullMarked
package org.bellmanrl.bench.search;

import org.jspecify.annotations.NullMarked;
