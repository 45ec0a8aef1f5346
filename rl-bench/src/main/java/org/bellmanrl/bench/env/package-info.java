/** How fast environments step, next to loops written by hand. */
@NullMarked
package org.bellmanrl.bench.env;

import org.jspecify.annotations.NullMarked;
