/** Writes pictures, one after the other, into a file. */
@NullMarked
package org.bellmanrl.lab.internal.record;

import org.jspecify.annotations.NullMarked;
