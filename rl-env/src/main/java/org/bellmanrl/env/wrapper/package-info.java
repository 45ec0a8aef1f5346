/**
 * Wrappers: what a task shows, takes or pays, changed without knowing the task.
 *
 * <p>Each is a record or a small class that is made from its options and can {@linkplain
 * org.bellmanrl.api.Wrapper#wrap wrap} any number of times; what it makes holds the state, and
 * saves it with that of the environments inside:
 *
 * <pre>{@code
 * VectorEnvironment task =
 *     new NormalizeObservation().wrap(new TimeLimit(500).wrap(VectorEnvironment.of(environment)));
 * }</pre>
 *
 * <p>Those that change nothing but observations are {@link
 * org.bellmanrl.api.transform.ObservationTransform}s in a {@link
 * org.bellmanrl.env.wrapper.TransformObservation}: ask wrapped environments for that capability to
 * get all of them as one, for a policy to take along. Evaluation asks for {@link
 * org.bellmanrl.api.Wrapper.ForEvaluation}. To write a wrapper, begin with {@link
 * org.bellmanrl.api.WrappedEnvironments}.
 *
 * <p>Where Gymnasium 1.3.0 (Towers et al., 2024) has a wrapper of that name, the arithmetic is its;
 * departures are named.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.env.wrapper;

import org.jspecify.annotations.NullMarked;
