/**
 * The environments that come with Bellman. Each package below holds one family; an environment is
 * made from its options ({@code new FrozenLake(FrozenLakeOptions.defaults())}) or found by its id
 * in a {@link org.bellmanrl.api.registry.Registry}. Wrappers are in {@link
 * org.bellmanrl.env.wrapper}.
 *
 * <p>{@link org.bellmanrl.env.EnvCatalogue} lists them all; the command {@code ./rl envs} prints
 * ids, and {@code ./rl envs ENV} the spaces, limits and options of one. Those that can tell what
 * every action leads to answer {@code capability(Modelled.class)}.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.env;

import org.jspecify.annotations.NullMarked;
