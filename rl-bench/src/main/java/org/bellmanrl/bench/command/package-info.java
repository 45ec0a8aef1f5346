/** What the commands of {@code ./rl bench} share: {@link CommandOptions}. */
@NullMarked
package org.bellmanrl.bench.command;

import org.jspecify.annotations.NullMarked;
