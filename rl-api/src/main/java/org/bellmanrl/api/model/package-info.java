/** Exact models of finite tasks: every outcome of every action, with its probability. */
@NullMarked
package org.bellmanrl.api.model;

import org.jspecify.annotations.NullMarked;
