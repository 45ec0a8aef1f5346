/** Learned values and policies as text. */
@NullMarked
package org.bellmanrl.lab.internal.view;

import org.jspecify.annotations.NullMarked;
