/**
 * The classic control problems: small physical systems with a few continuous variables.
 *
 * <p>Begin with {@link org.bellmanrl.env.classic.CartPole}. They compute what Gymnasium 1.3.0's
 * environments of those names compute (Towers et al., 2024), operation by operation, in double
 * precision where it does and in single precision where it does, and draw the same random numbers;
 * only sines and cosines are our own and may differ in the last bit. Options have Gymnasium's
 * names. What Gymnasium takes as options of a reset ({@code low}, {@code high}, {@code x_init},
 * {@code y_init}) are options of the environment here, and bounded.
 *
 * <p>Each has a batched form, {@code CartPole.batch(options, rows)}, which gives the same bits as
 * so many single ones and is several times faster.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.env.classic;

import org.jspecify.annotations.NullMarked;
