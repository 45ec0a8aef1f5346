/**
 * Tasks with articulated bodies over MuJoCo (Todorov, Erez and Tassa, 2012): the eleven that
 * Gymnasium has, such as {@link org.bellmanrl.env.mujoco.HalfCheetah}, and any MJCF model.
 *
 * <p>They follow the environments of those names in Gymnasium 1.3.0 (Towers et al., 2024), to the
 * bit where the version of MuJoCo is the same. Neither MuJoCo's library nor Gymnasium's models are
 * part of this module: both are found in an installation of the user's ({@code pip install mujoco
 * gymnasium}), or where the environment variable {@code MUJOCO_HOME} or the system property {@code
 * bellman.mujoco} says. The library is loaded when the first environment is made; a JVM without
 * {@code --enable-native-access} for this module warns about that.
 *
 * <p>For a robot of your own extend {@link org.bellmanrl.env.mujoco.MujocoEnvironment}, or give its
 * reward by a {@link org.bellmanrl.env.mujoco.MujocoTask}.
 *
 * <p>Environments of one thread each may run side by side; each has its own model and data, which
 * {@link org.bellmanrl.api.Environment#close()} frees.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.env.mujoco;

import org.jspecify.annotations.NullMarked;
