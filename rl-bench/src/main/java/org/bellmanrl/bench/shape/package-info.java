/**
 * Two shapes of the SPI side by side, for the decision in docs/adr/0001: cursors over columns
 * against typed values that are allocated at every step.
 */
@NullMarked
package org.bellmanrl.bench.shape;

import org.jspecify.annotations.NullMarked;
