/**
 * The settings known to work for a learner on a task, for programs that train without the command
 * line; {@link org.bellmanrl.lab.preset.Presets} is where to start.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.lab.preset;

import org.jspecify.annotations.NullMarked;
