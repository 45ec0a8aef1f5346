/**
 * Values in tables: {@link org.bellmanrl.tabular.table.QTable} per state and action, {@link
 * org.bellmanrl.tabular.table.VTable} per state.
 *
 * <p><b>Stability:</b> evolving.
 */
@NullMarked
package org.bellmanrl.tabular.table;

import org.jspecify.annotations.NullMarked;
