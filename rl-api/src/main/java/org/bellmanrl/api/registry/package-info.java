/**
 * The registry: which environments, learners and other things there are, given explicitly or found
 * on the class path, the module path and in plugins.
 *
 * <p>Start with {@link org.bellmanrl.api.registry.Registry}; a module or plugin that offers
 * something implements {@link org.bellmanrl.api.registry.Catalogue}.
 *
 * <p><b>Stability:</b> stable.
 */
@NullMarked
package org.bellmanrl.api.registry;

import org.jspecify.annotations.NullMarked;
