/**
 * Policies on their own, without the learner that they come from: {@link
 * org.bellmanrl.deep.policy.Policies} loads one from a file, for programs that use what was
 * learned; {@link org.bellmanrl.deep.policy.NetworkPolicy} and {@link
 * org.bellmanrl.deep.policy.TablePolicy} say what they do.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.deep.policy;

import org.jspecify.annotations.NullMarked;
