/**
 * Exact models of finite tasks: every outcome of every action, with its probability.
 *
 * <p><b>Stability:</b> stable.
 */
@NullMarked
package org.bellmanrl.api.model;

import org.jspecify.annotations.NullMarked;
