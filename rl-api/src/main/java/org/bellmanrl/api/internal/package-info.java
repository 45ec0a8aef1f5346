/** What rl-api and rl-lab share, and other modules cannot use. */
@NullMarked
package org.bellmanrl.api.internal;

import org.jspecify.annotations.NullMarked;
