/**
 * Bodies of boxes, capsules, joints and motors over the native library Jolt Physics (J. Rouwé) by
 * way of jolt-jni: {@link org.bellmanrl.env.jolt.Huggy} the dog, who fetches a stick.
 */
@NullMarked
package org.bellmanrl.env.jolt;

import org.jspecify.annotations.NullMarked;
