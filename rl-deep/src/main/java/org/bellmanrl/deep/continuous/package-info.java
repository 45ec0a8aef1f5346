/**
 * Learners of policies for actions in a bounded Box, through critics: {@link
 * org.bellmanrl.deep.continuous.Ddpg} and {@link org.bellmanrl.deep.continuous.Td3}, whose policy
 * is deterministic, and {@link org.bellmanrl.deep.continuous.Sac}, {@link
 * org.bellmanrl.deep.continuous.Tqc} and {@link org.bellmanrl.deep.continuous.CrossQ}, whose policy
 * is stochastic. Their base class {@link org.bellmanrl.deep.continuous.ContinuousControl} holds
 * what they have in common; beside it are the critics with their targets ({@code Critics}), the
 * distribution over actions ({@code SquashedGaussian}) and the weight of the entropy ({@code
 * Temperature}).
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.deep.continuous;

import org.jspecify.annotations.NullMarked;
