/** What tasks on maps of tiles share: maps, dynamics from a model, views and pictures. */
@NullMarked
package org.bellmanrl.env.internal.grid;

import org.jspecify.annotations.NullMarked;
