/** Benchmarks of networks, optimisers, replay and deep learners. */
@NullMarked
package org.bellmanrl.bench.deep;

import org.jspecify.annotations.NullMarked;
