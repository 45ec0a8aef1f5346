/** A policy that asks a person at the terminal. */
@NullMarked
package org.bellmanrl.lab.internal.keyboard;

import org.jspecify.annotations.NullMarked;
