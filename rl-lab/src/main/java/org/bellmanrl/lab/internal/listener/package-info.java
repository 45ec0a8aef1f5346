/** Listeners that anybody may ask for: {@code rl listeners} lists them. */
@NullMarked
package org.bellmanrl.lab.internal.listener;

import org.jspecify.annotations.NullMarked;
