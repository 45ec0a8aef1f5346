/**
 * The arithmetic under the networks: a {@link org.bellmanrl.deep.internal.kernel.Kernel} has a part
 * for each kind of loop, and each part is there twice, in plain Java and by the Vector API.
 *
 * <p>Both give the same bits, whatever the width of the machine's vectors: an output element is a
 * chain of fused multiply-adds in a fixed order or a fixed number of partial sums, and tanh and exp
 * are polynomials of our own. The interfaces of the parts define every result to the last bit.
 */
@NullMarked
package org.bellmanrl.deep.internal.kernel;

import org.jspecify.annotations.NullMarked;
