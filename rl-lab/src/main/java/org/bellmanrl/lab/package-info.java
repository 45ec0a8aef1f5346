/**
 * The command line; {@link org.bellmanrl.lab.Main} is where it starts.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.lab;

import org.jspecify.annotations.NullMarked;
