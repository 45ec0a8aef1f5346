/**
 * Bandits: which of several arms pays best, where an action has no consequence but its reward.
 *
 * <p>A bandit is an environment like any other, of one state or of contexts that come as they like;
 * what is here are learners that look at the reward alone and never at what is observed next. Those
 * for finite observations keep an estimate per observation and arm, those for vectors a linear
 * model per arm. Start with {@link org.bellmanrl.tabular.bandit.ActionValueBandit} and {@link
 * org.bellmanrl.tabular.bandit.UpperConfidenceBound}. {@link
 * org.bellmanrl.tabular.bandit.OffPolicyEstimate} judges a policy by what another one did.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.tabular.bandit;

import org.jspecify.annotations.NullMarked;
