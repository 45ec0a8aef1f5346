package org.bellmanrl.deep.internal.parallel;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All places in which an object of this module divides its work between threads, wherever it keeps
 * them. They would divide nothing in a short test, because they try that only now and then; here
 * they have seen that one thread alone is very slow.
 */
public final class Divided {
  private static final String MODULE = "org.bellmanrl.deep";

  private static final Field PLACE;

  static {
    try {
      PLACE = SpeedComparison.class.getDeclaredField("place");
    } catch (NoSuchFieldException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final List<SpeedComparison> comparisons = new ArrayList<>();
  private final int[] before;

  /** Lets an object divide its work from now on, where there is enough of it. */
  public Divided(Object root) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> left = new ArrayDeque<>(List.of(root));
    while (!left.isEmpty()) {
      Object object = left.pop();
      if (!seen.add(object)) {
        continue;
      }
      switch (object) {
        case SpeedComparison comparison -> comparisons.add(comparison);
        case Object[] array -> Arrays.stream(array).forEach(each -> push(left, each));
        case List<?> list -> list.forEach(each -> push(left, each));
        default -> pushFields(left, object);
      }
    }
    for (SpeedComparison comparison : comparisons) {
      while (!comparison.divides()) {
        comparison.took(1_000_000_000, 1);
      }
    }
    before = places();
  }

  private static void push(Deque<Object> left, @Nullable Object object) {
    if (object != null) {
      left.push(object);
    }
  }

  private static void pushFields(Deque<Object> left, Object object) {
    for (Class<?> type = object.getClass();
        type != null && type.getPackageName().startsWith(MODULE);
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          push(left, get(field, object));
        }
      }
    }
  }

  private static @Nullable Object get(Field field, Object of) {
    try {
      field.setAccessible(true);
      return field.get(of);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** Requires that work was divided since then, in at least one place. */
  public void requireDivisions() {
    if (Arrays.equals(places(), before)) {
      throw new AssertionError("none of " + before.length + " places divided any work");
    }
  }

  /** How far each comparison is, on which every piece of work moves it. */
  private int[] places() {
    return comparisons.stream()
        .mapToInt(comparison -> (int) requireNonNull(get(PLACE, comparison)))
        .toArray();
  }
}
