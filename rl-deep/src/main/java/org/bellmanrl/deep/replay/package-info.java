/**
 * Memory of past transitions: {@link org.bellmanrl.deep.replay.Replay} takes them in as they come,
 * and fills a {@link org.bellmanrl.deep.replay.ReplayBatch} with some of them, drawn uniformly or
 * by priority. {@link org.bellmanrl.deep.replay.ReplayLearner} is the base class of learners from
 * it, whose networks a {@link org.bellmanrl.deep.replay.Pass} runs over a batch.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.deep.replay;

import org.jspecify.annotations.NullMarked;
