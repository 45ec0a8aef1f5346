/**
 * Options: how environments, learners and wrappers describe their hyperparameters and keyword
 * arguments, and how text from a command line or values from a file become a validated record.
 *
 * <p>Start with {@link org.bellmanrl.api.options.OptionSchema}.
 *
 * <p><b>Stability:</b> stable.
 */
@NullMarked
package org.bellmanrl.api.options;

import org.jspecify.annotations.NullMarked;
