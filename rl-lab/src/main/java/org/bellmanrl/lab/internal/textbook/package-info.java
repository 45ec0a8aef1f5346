/**
 * The results of the textbook, run again: {@link org.bellmanrl.lab.internal.textbook.Book} reads
 * the file of settings and expected numbers, {@link org.bellmanrl.lab.internal.textbook.Laboratory}
 * carries a setting out.
 */
@NullMarked
package org.bellmanrl.lab.internal.textbook;

import org.jspecify.annotations.NullMarked;
