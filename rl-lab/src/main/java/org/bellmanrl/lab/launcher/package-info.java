/**
 * What the launcher {@code ./rl} runs when it prepares a build so that the JVM starts fast; users
 * never start these programs.
 */
@NullMarked
package org.bellmanrl.lab.launcher;

import org.jspecify.annotations.NullMarked;
