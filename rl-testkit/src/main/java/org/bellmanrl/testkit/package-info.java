/**
 * Contract tests that any implementation of an interface of {@code org.bellmanrl.api} can run.
 *
 * <p>A test class extends the contract of what it tests and says how to make one:
 *
 * <pre>{@code
 * class CartPoleContractTest extends EnvironmentContract {
 *   @Override
 *   protected Environment create() {
 *     return new CartPole();
 *   }
 * }
 * }</pre>
 *
 * <p>Start at {@link org.bellmanrl.testkit.EnvironmentContract}; {@link
 * org.bellmanrl.testkit.VectorEnvironmentContract}, {@link org.bellmanrl.testkit.WrapperContract},
 * {@link org.bellmanrl.testkit.PolicyContract}, {@link
 * org.bellmanrl.testkit.ValueFunctionContract}, {@link org.bellmanrl.testkit.LearnerContract},
 * {@link org.bellmanrl.testkit.ListenerContract} and {@link
 * org.bellmanrl.testkit.CatalogueContract} are used alike. Everything that can be tuned is a method
 * to override. A failure says what was expected and what came, where, and how to see it again.
 *
 * <p><b>Stability:</b> stable.
 */
@NullMarked
package org.bellmanrl.testkit;

import org.jspecify.annotations.NullMarked;
