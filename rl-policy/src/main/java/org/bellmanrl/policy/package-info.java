/**
 * Learned policies as files, without the learner that they come from: {@link
 * org.bellmanrl.policy.Policies} reads and writes them, for programs that use what was learned.
 *
 * <p>A {@link org.bellmanrl.policy.TablePolicy} needs this module alone. Other kinds of policies
 * come with their own module, which is found by {@link java.util.ServiceLoader}: networks with
 * rl-deep (a {@link org.bellmanrl.policy.PolicyFormat}), ONNX models with rl-onnx (a {@link
 * org.bellmanrl.policy.PolicyImporter}).
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.policy;

import org.jspecify.annotations.NullMarked;
