/** The command line; {@link org.bellmanrl.lab.Main} is where it starts. */
@NullMarked
package org.bellmanrl.lab;

import org.jspecify.annotations.NullMarked;
