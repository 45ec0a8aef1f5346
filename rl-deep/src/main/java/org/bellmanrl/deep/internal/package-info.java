/**
 * What several deep learners share: {@link org.bellmanrl.deep.internal.EncodedObservations} keeps
 * the inputs of networks, {@link org.bellmanrl.deep.internal.ExactMath} has exponentials and
 * logarithms.
 */
@NullMarked
package org.bellmanrl.deep.internal;

import org.jspecify.annotations.NullMarked;
