/** The commands of {@code rl}, one class each. */
@NullMarked
package org.bellmanrl.lab.internal.cli;

import org.jspecify.annotations.NullMarked;
