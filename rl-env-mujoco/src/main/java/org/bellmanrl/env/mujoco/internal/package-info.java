/** MuJoCo's C library: where it is, its functions, where the fields of its structs stand. */
@NullMarked
package org.bellmanrl.env.mujoco.internal;

import org.jspecify.annotations.NullMarked;
