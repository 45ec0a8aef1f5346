/**
 * Policies on their own, without the learner that they come from: start at {@link
 * org.bellmanrl.deep.policy.NetworkPolicy}.
 */
@NullMarked
package org.bellmanrl.deep.policy;

import org.jspecify.annotations.NullMarked;
