/** How the environments are found by their ids; not part of the API. */
@NullMarked
package org.bellmanrl.env.jolt.internal;

import org.jspecify.annotations.NullMarked;
