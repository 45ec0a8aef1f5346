package org.bellmanrl.lab.internal.watch;

import org.bellmanrl.api.Policy;
import org.bellmanrl.api.ValueFunction;
import org.bellmanrl.api.transform.ObservationTransform;
import org.jspecify.annotations.Nullable;

/**
 * A run at one moment; safe for any thread.
 *
 * @param step transitions so far
 * @param episodes ended episodes so far
 * @param fraction of the budget that is used up, in [0, 1]
 * @param seconds since training began
 * @param rate transitions a second, of late
 * @param recent mean return of the latest episodes; NaN before the first has ended
 * @param curve what happened so far
 * @param policy the learned policy that is played; null until there is one
 * @param exploring how the learner acts while it learns, where its values don't say enough
 * @param values what is expected of states or of actions, if the learner has values
 * @param transform what wrappers make of observations, frozen; null if there is no such wrapper
 */
record Snapshot(
    long step,
    long episodes,
    double fraction,
    double seconds,
    double rate,
    double recent,
    Curve curve,
    @Nullable Policy policy,
    @Nullable Policy exploring,
    @Nullable ValueFunction values,
    @Nullable ObservationTransform transform) {}
