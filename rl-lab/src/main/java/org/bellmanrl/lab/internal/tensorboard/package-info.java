/**
 * Event files for TensorBoard: start at {@link org.bellmanrl.lab.internal.tensorboard.EventFile}.
 */
@NullMarked
package org.bellmanrl.lab.internal.tensorboard;

import org.jspecify.annotations.NullMarked;
