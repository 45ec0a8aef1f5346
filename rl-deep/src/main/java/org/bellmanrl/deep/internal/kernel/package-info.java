/**
 * The arithmetic under the networks: one interface, {@link
 * org.bellmanrl.deep.internal.kernel.Kernel}, and its providers.
 *
 * <p>All providers give the same bits, whatever the width of the machine's vectors: an output
 * element is a chain of fused multiply-adds in a fixed order or a fixed number of partial sums, and
 * tanh and exp are polynomials of our own. {@link org.bellmanrl.deep.internal.kernel.Kernel}
 * defines every result to the last bit.
 */
@NullMarked
package org.bellmanrl.deep.internal.kernel;

import org.jspecify.annotations.NullMarked;
